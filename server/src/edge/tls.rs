//! TLS: the certificate as it is in its files now.

use super::graceful::Stream;
use super::validity::Validity;
use crate::observe::METRICS;
use crate::pem;
use rustls::ServerConfig;
use rustls::crypto::ring;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Takes TLS connections with the newest certificate that could be read.
#[derive(Clone)]
pub(super) struct Tls(Arc<RwLock<Arc<ServerConfig>>>);

impl Tls {
    /// Reads the files, and from then on again whenever they change. What cannot be read or does not fit changes
    /// nothing but the log, and is tried again: the files may be half written, or not yet readable for this server. So is
    /// a certificate that is not valid now, as long as the one before is. What is no file, such as a pipe, is read this
    /// once.
    ///
    /// # Errors
    /// A sentence when there is nothing to begin with.
    pub(super) fn open(cert: &Path, key: &Path) -> Result<Self, String> {
        let seen = stamp(cert, key);
        let Loaded { config, validity } = load(cert, key).map_err(|unusable| unusable.reason)?;
        let tls = Self(Arc::new(RwLock::new(Arc::new(config))));
        METRICS.certificate(validity.to());
        if let Some(wrong) = validity.wrong() {
            tracing::warn!("clients will not trust the certificate: {}: {wrong}", cert.display());
        }
        tokio::spawn(tls.clone().follow(cert.to_owned(), key.to_owned(), seen, validity));
        Ok(tls)
    }

    /// Shakes hands.
    ///
    /// # Errors
    /// When the client speaks no TLS, or none that is safe.
    pub(super) async fn accept<S: Stream>(&self, stream: S) -> std::io::Result<TlsStream<S>> {
        let config = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        TlsAcceptor::from(config).accept(stream).await
    }

    async fn follow(self, cert: PathBuf, key: PathBuf, mut seen: Stamp, mut used: Validity) {
        let (mut is_used, mut was_valid) = (true, used.wrong().is_none());
        loop {
            tokio::time::sleep(LOOK).await;
            if let Some(wrong) = used.wrong().filter(|_| was_valid) {
                was_valid = false;
                tracing::warn!("clients no longer trust the certificate: {}: {wrong}", cert.display());
            }
            let (cert, key) = (cert.clone(), key.clone());
            let look = move || {
                let now = stamp(&cert, &key);
                (now, (now != seen || !is_used).then(|| load_again(&cert, &key, used)))
            };
            // The files may lie where looking at them takes for ever; nobody else is to wait for that.
            let Ok((now, Some(loaded))) = tokio::task::spawn_blocking(look).await else { continue };
            let changed = now != seen;
            seen = now;
            is_used = loaded.is_ok();
            match loaded {
                Ok(Loaded { config, validity }) => {
                    *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
                    used = validity;
                    was_valid = used.wrong().is_none();
                    METRICS.certificate(validity.to());
                    match validity.wrong() {
                        None => tracing::info!("the certificate changed and is used from now on"),
                        Some(wrong) => tracing::warn!(
                            "the certificate changed and is used from now on, but clients will not trust it: {wrong}"
                        ),
                    }
                }
                Err(Unusable { reason, .. }) if changed => {
                    tracing::warn!("the certificate changed, and the old one stays: {reason}");
                }
                Err(_) => {}
            }
        }
    }
}

/// Which of the two files is to blame, and why.
pub(crate) struct Unusable {
    /// The name of its setting.
    pub(crate) setting: &'static str,
    /// A sentence that names the file.
    pub(crate) reason: String,
}

/// Says why the files cannot be used together, or why no client would trust the certificate now.
pub(crate) fn check(cert: &Path, key: &Path) -> Result<(), Unusable> {
    load(cert, key)?.fresh(cert).map(drop)
}

/// What the files hold.
struct Loaded {
    config: ServerConfig,
    validity: Validity,
}

impl Loaded {
    /// Itself, if the certificate is valid now.
    fn fresh(self, cert: &Path) -> Result<Self, Unusable> {
        match self.validity.wrong() {
            None => Ok(self),
            Some(wrong) => Err(unusable("tls_cert", cert, &wrong)),
        }
    }
}

type Stamp = [Option<(SystemTime, u64)>; 2];

/// Follows links, so that a folder that is swapped as a whole is noticed as well. What is no file does not change.
fn stamp(cert: &Path, key: &Path) -> Stamp {
    [cert, key].map(|path| {
        let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some((file.modified().ok()?, file.len()))
    })
}

/// Reads only what is a file: a pipe says what it has once, and opening it again may wait for ever. What is used is better
/// than what is not valid, as long as it is valid itself.
fn load_again(cert: &Path, key: &Path, used: Validity) -> Result<Loaded, Unusable> {
    for (setting, path) in [("tls_cert", cert), ("tls_key", key)] {
        if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(unusable(setting, path, &"it is no file"));
        }
    }
    let loaded = load(cert, key)?;
    if used.wrong().is_none() { loaded.fresh(cert) } else { Ok(loaded) }
}

fn unusable(setting: &'static str, path: &Path, error: &dyn Display) -> Unusable {
    Unusable { setting, reason: format!("{}: {error}", path.display()) }
}

fn load(cert: &Path, key: &Path) -> Result<Loaded, Unusable> {
    let of_cert = |error: &dyn Display| unusable("tls_cert", cert, error);
    let of_key = |error: &dyn Display| unusable("tls_key", key, error);
    let chain = pem::certificates(cert).map_err(|error| of_cert(&error))?;
    let validity = chain.first().map_or(Err(rustls::Error::NoCertificatesPresented), Validity::of);
    let validity = validity.map_err(|error| of_cert(&error))?;
    let private = pem::private_key(key).map_err(|error| of_key(&error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| of_cert(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|error| match error {
            rustls::Error::InvalidCertificate(_) => of_cert(&error),
            rustls::Error::InconsistentKeys(_) => of_key(&format!("it is not the key of {}", cert.display())),
            rustls::Error::General(reason) => of_key(&reason),
            _ => of_key(&error),
        })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Loaded { config, validity })
}
