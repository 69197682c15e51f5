//! What the server's speed is measured with and against.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{apt, is_program, on_path};
use crate::progress::say;

/// Debian's place for modules of nginx.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
const ADVICE: &str = "the server's speed is measured with wrk against nginx: install both with your system's packages, \
     or leave that out with --only pages --only server";

/// nginx and the program that asks.
pub struct WebServers {
    pub nginx: PathBuf,
    /// The module with which nginx sends brotli copies, where there is one.
    pub nginx_brotli: Option<PathBuf>,
    pub wrk: PathBuf,
}

/// Finds them, or installs them where the system's packages are Debian's.
pub fn ensure() -> Result<WebServers> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if !apt::is_there() {
        bail!("{ADVICE}");
    }
    let packages = ["nginx-light", "libnginx-mod-http-brotli-static", "wrk"];
    say(
        "Debian starts nginx on port 80 as soon as it is installed; afterwards this ends it, and nothing here needs it:",
    );
    say("  sudo systemctl disable --now nginx");
    apt::install("nginx and wrk with apt-get, to measure with", "about 20 s", &packages, ADVICE)?;
    find().map_or_else(|| bail!("{ADVICE}"), Ok)
}

fn find() -> Option<WebServers> {
    // Not every person's PATH has the folder of the system's own programs.
    let system = Some(PathBuf::from("/usr/sbin/nginx")).filter(|file| is_program(file));
    Some(WebServers {
        nginx: on_path("nginx").or(system)?,
        nginx_brotli: Some(PathBuf::from(BROTLI)).filter(|file| Path::is_file(file)),
        wrk: on_path("wrk")?,
    })
}
