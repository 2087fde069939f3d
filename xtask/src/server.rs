//! The development server: the page and nothing else of the repository.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, anyhow};
use rouille::{Request, Response, Server};

use crate::workspace;

/// Ports tried, from the first one wanted, before giving up.
const PORTS_TRIED: u16 = 100;

/// A server that answers as soon as it is run.
pub(crate) struct Site {
    server: Server<fn(&Request) -> Response>,
}

impl Site {
    /// Takes `port` on `host`; port 0 stands for any free one.
    pub(crate) fn bind(host: &str, port: u16) -> Result<Self> {
        Self::try_bind(host, port)
            .map_err(|error| anyhow!("cannot serve on {host}:{port}: {error}"))
    }

    /// Takes `port` on `host`, or else the next free port after it.
    pub(crate) fn bind_from(host: &str, port: u16) -> Result<Self> {
        let last = port.saturating_add(PORTS_TRIED);
        for candidate in port..last {
            match Self::try_bind(host, candidate) {
                Err(error) if is_taken(&*error) => {
                    println!("Port {candidate} is taken, trying the next one.");
                }
                outcome => {
                    return outcome
                        .map_err(|error| anyhow!("cannot serve on {host}:{candidate}: {error}"));
                }
            }
        }
        Err(anyhow!(
            "every port from {port} to {last} is taken: choose another with --port"
        ))
    }

    fn try_bind(host: &str, port: u16) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let handler: fn(&Request) -> Response = answer;
        Server::new((host, port), handler).map(|server| Self { server })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.server_addr()
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address())
    }

    /// Serves until the process ends.
    pub(crate) fn run(self) {
        self.server.run();
    }

    /// Serves in the background for as long as `work` takes.
    pub(crate) fn run_during<T>(self, work: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        let url = self.url();
        let (thread, stop) = self.server.stoppable();
        let outcome = work(&url);
        // Both fail only if the server is gone already, and then there is nothing left to stop.
        let _ = stop.send(());
        let _ = thread.join();
        outcome
    }
}

fn is_taken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

fn answer(request: &Request) -> Response {
    let response = match request.method() {
        "GET" | "HEAD" => file_response(&request.url())
            .unwrap_or_else(|| message(404, "There is no such page here.")),
        _ => message(405, "Only GET and HEAD are answered here.")
            .with_additional_header("Allow", "GET, HEAD"),
    };
    // Figures are embedded by pages of other origins, sandboxed frames included; and an edit must show on reload.
    response
        .with_additional_header("Access-Control-Allow-Origin", "*")
        .with_additional_header("Cache-Control", "no-store")
        .with_additional_header("X-Content-Type-Options", "nosniff")
}

fn message(status: u16, text: &str) -> Response {
    Response::text(format!("{text}\n")).with_status_code(status)
}

fn file_response(url: &str) -> Option<Response> {
    let file = workspace::root().join(public_path(url)?);
    // A symbolic link may lead out of what is public.
    let file = file.canonicalize().ok()?;
    file.strip_prefix(workspace::root().canonicalize().ok()?)
        .ok()?;
    let contents = fs::read(&file).ok()?;
    Some(Response::from_data(media_type(&file), contents))
}

/// The file, from the repository's top, that a decoded URL path stands for, if it is one of the page's.
fn public_path(url: &str) -> Option<PathBuf> {
    let path = Path::new(url.strip_prefix('/')?);
    if path.as_os_str().is_empty() {
        return Some(PathBuf::from("index.html"));
    }
    let plain = path.components().all(|component| match component {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    });
    let public = path == Path::new("index.html") || path.starts_with("www");
    (plain && public && !url.contains(['\\', ':', '\0'])).then(|| path.to_path_buf())
}

/// What browsers insist on, above all for modules and for wasm compiled while it arrives.
fn media_type(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_www_are_public() {
        assert_eq!(public_path("/"), Some(PathBuf::from("index.html")));
        assert_eq!(
            public_path("/index.html"),
            Some(PathBuf::from("index.html"))
        );
        assert_eq!(
            public_path("/www/pkg/page/x.js"),
            Some(PathBuf::from("www/pkg/page/x.js"))
        );
    }

    #[test]
    fn nothing_else_is() {
        for url in [
            "",
            "/src/lib.rs",
            "/Cargo.toml",
            "/.git/config",
            "/www/.hidden",
            "/www/../Cargo.toml",
            "/../Cargo.toml",
            "//etc/passwd",
            "/www/..\\Cargo.toml",
            "/wwwroot/x",
            "/C:/x",
        ] {
            assert_eq!(public_path(url), None, "{url}");
        }
    }
}
