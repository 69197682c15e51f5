//! nginx as it is set up for files by whoever knows it: sendfile, ready-made compressed copies, a worker for each core.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use crate::setup::WebServers;

/// nginx in the foreground on a port, with everything of its own below `folder`.
pub fn command(tools: &WebServers, folder: &Path, port: u16) -> Result<Command> {
    let file = folder.join("nginx.conf");
    let brotli = tools.nginx_brotli.as_deref();
    fs::write(&file, configuration(folder, port, brotli))?;
    let mut command = Command::new(&tools.nginx);
    command.arg("-p").arg(folder).arg("-c").arg(&file).args(["-e", "stderr"]);
    Ok(command)
}

fn configuration(folder: &Path, port: u16, brotli: Option<&Path>) -> String {
    let folder = folder.display();
    let (module, brotli) = match brotli {
        Some(module) => (format!("load_module {};", module.display()), "brotli_static on;"),
        None => (String::new(), ""),
    };
    format!(
        "{module}
daemon off;
user root;
pid {folder}/nginx.pid;
error_log stderr;
worker_processes auto;
events {{ worker_connections 4096; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; application/wasm wasm; image/svg+xml svg; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  access_log off;
  sendfile on;
  tcp_nopush on;
  gzip_static on;
  {brotli}
  keepalive_requests 1000000000;
  server {{
    listen 127.0.0.1:{port} reuseport;
    root {folder}/dist;
    location / {{ try_files $uri /index.html; }}
  }}
}}
"
    )
}
