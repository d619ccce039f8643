//! Serves the optimised site on this machine only. (`trunk serve` rebuilds at every change, but does not optimise.)

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};

use crate::dist;
use crate::sh::{Outcome, root};

const ADDRESS: &str = "127.0.0.1:8080";

/// `cargo xtask serve`
pub fn run(_: &[String]) -> Outcome {
    // Taken first: to build for minutes and then find the port in use helps nobody.
    let listener = TcpListener::bind(ADDRESS)
        .map_err(|e| format!("{ADDRESS} cannot be served ({e}). Stop what is running there and try again."))?;
    dist::build_whole()?;
    println!("Imbalance Lab is served on http://{ADDRESS}/ (Ctrl-C ends it)");
    for stream in listener.incoming().flatten() {
        std::thread::spawn(move || {
            // A browser that hangs up in the middle is no reason to stop.
            let _ = answer(stream);
        });
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone()?.take(64 * 1024));
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let target = line.split_whitespace().nth(1).unwrap_or("/");
    let body = path_of(target).and_then(|path| Some((std::fs::read(&path).ok()?, content_type(&path))));
    let (status, bytes, content_type) = match body {
        Some((bytes, content_type)) => ("200 OK", bytes, content_type),
        None => ("404 Not Found", b"not found".to_vec(), "text/plain"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
         Connection: close\r\n\r\n",
        bytes.len()
    )?;
    stream.write_all(&bytes)
}

/// The file that a request means; nothing outside `dist/`.
fn path_of(target: &str) -> Option<PathBuf> {
    let target = target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let relative = Path::new(if target.is_empty() { "index.html" } else { target });
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| root().join("dist").join(relative))
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_site_is_served() {
        assert_eq!(path_of("/../Cargo.toml"), None);
        assert_eq!(path_of("/a/../../Cargo.toml"), None);
        assert_eq!(path_of("//etc/passwd"), path_of("/etc/passwd"));
        assert!(path_of("/etc/passwd").is_some_and(|p| p.starts_with(root().join("dist"))));
        assert_eq!(path_of("/?x=1"), Some(root().join("dist/index.html")));
    }
}
