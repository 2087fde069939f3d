//! The development server: the page and nothing else of the repository.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};
use percent_encoding::percent_decode_str;

use crate::{served, workspace};

/// Ports tried, from the first one wanted, before giving up.
const PORTS_TRIED: u16 = 100;

/// Bytes of a request's head that are read at most.
const LONGEST_HEAD: u64 = 64 * 1024;

/// A client that says nothing for this long is left alone.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server that answers as soon as it is run.
///
/// A thread a connection, and a connection a request: the servers of the crates that are linked anyway leave some of a
/// browser's parallel connections waiting for ever when they are kept alive.
pub(crate) struct Site {
    listener: TcpListener,
    files: Arc<Files>,
}

/// What is served.
enum Files {
    /// The page of the repository, without comments.
    Sources,
    /// What `cargo xtask build --site` has put into a directory, as it is.
    Built(PathBuf),
}

impl Files {
    fn root(&self) -> &Path {
        match self {
            Self::Sources => workspace::root(),
            Self::Built(directory) => directory,
        }
    }

    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        match self {
            Self::Sources => served::read(file),
            Self::Built(_) => fs::read(file),
        }
    }
}

impl Site {
    /// Takes `port` on `host`; port 0 stands for any free one.
    pub(crate) fn bind(host: &str, port: u16) -> Result<Self> {
        Self::try_bind(host, port)
            .map_err(|error| anyhow!("cannot serve on {host}:{port}: {error}"))
    }

    /// Takes any free port of this machine, for a site that has been built into `directory`.
    pub(crate) fn of_built(directory: PathBuf) -> Result<Self> {
        let files = Arc::new(Files::Built(directory));
        Ok(Self {
            files,
            ..Self::bind("127.0.0.1", 0)?
        })
    }

    /// Takes `port` on `host`, or else the next free port after it.
    pub(crate) fn bind_from(host: &str, port: u16) -> Result<Self> {
        let last = port.saturating_add(PORTS_TRIED);
        for candidate in port..last {
            match Self::try_bind(host, candidate) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
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

    fn try_bind(host: &str, port: u16) -> io::Result<Self> {
        TcpListener::bind((host, port)).map(|listener| Self {
            listener,
            files: Arc::new(Files::Sources),
        })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The address of the page.
    pub(crate) fn url(&self) -> Result<String> {
        Ok(format!("http://{}/", self.address()?))
    }

    /// Serves until the process ends.
    pub(crate) fn run(self) {
        self.accept(&AtomicBool::new(false));
    }

    /// Serves in the background for as long as `work` takes.
    pub(crate) fn run_during<T>(self, work: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        let (url, address) = (self.url()?, self.address()?);
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopped);
        let serving = thread::spawn(move || self.accept(&stop));
        let outcome = work(&url);
        stopped.store(true, Ordering::SeqCst);
        // One more connection wakes the thread up to see that it shall stop.
        if TcpStream::connect(address).is_ok() {
            let _ = serving.join();
        }
        outcome
    }

    fn accept(&self, stopped: &AtomicBool) {
        for stream in self.listener.incoming() {
            if stopped.load(Ordering::SeqCst) {
                return;
            }
            if let Ok(stream) = stream {
                let files = Arc::clone(&self.files);
                // A client that has gone away needs no answer.
                thread::spawn(move || serve(stream, &files).is_ok());
            }
        }
    }
}

/// What is sent back.
struct Answer {
    status: &'static str,
    media_type: &'static str,
    body: Vec<u8>,
}

impl Answer {
    fn message(status: &'static str, text: &str) -> Self {
        Self {
            status,
            media_type: "text/plain; charset=utf-8",
            body: format!("{text}\n").into_bytes(),
        }
    }
}

/// Answers the one request of a connection.
fn serve(mut stream: TcpStream, files: &Files) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(stream.try_clone()?.take(LONGEST_HEAD)).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head is read, or closing the connection would cut the answer off.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let answer = answer(method, target, files);
    let length = answer.body.len();
    // Figures are embedded by pages of other origins, sandboxed frames included; and an edit must show on reload.
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {length}\r\n\
         Access-Control-Allow-Origin: *\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
         Allow: GET, HEAD\r\nConnection: close\r\n\r\n",
        answer.status, answer.media_type
    )?;
    if method != "HEAD" {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

fn answer(method: &str, target: &str, files: &Files) -> Answer {
    if !matches!(method, "GET" | "HEAD") {
        return Answer::message(
            "405 Method Not Allowed",
            "Only GET and HEAD are answered here.",
        );
    }
    file_answer(target, files)
        .unwrap_or_else(|| Answer::message("404 Not Found", "There is no such page here."))
}

fn file_answer(target: &str, files: &Files) -> Option<Answer> {
    let path = target.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let file = files.root().join(public_path(&path)?);
    // A symbolic link may lead out of what is public.
    let file = file.canonicalize().ok()?;
    file.strip_prefix(files.root().canonicalize().ok()?).ok()?;
    Some(Answer {
        status: "200 OK",
        media_type: media_type(&file),
        body: files.read(&file).ok()?,
    })
}

/// The file, from the top of what is served, that a decoded URL path stands for, if it is one of the page's.
fn public_path(url: &str) -> Option<PathBuf> {
    let path = Path::new(url.strip_prefix('/')?);
    if path.as_os_str().is_empty() {
        return Some(PathBuf::from("index.html"));
    }
    let plain = path.components().all(|component| match component {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    });
    let is_page =
        path.components().count() == 1 && path.extension().is_some_and(|end| end == "html");
    let public = is_page || path.starts_with("www");
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
            public_path("/mixture.html"),
            Some(PathBuf::from("mixture.html"))
        );
        assert_eq!(
            public_path("/embed.html"),
            Some(PathBuf::from("embed.html"))
        );
        assert_eq!(
            public_path("/www/pkg/x.js"),
            Some(PathBuf::from("www/pkg/x.js"))
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
