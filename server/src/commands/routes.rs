//! `server routes`.

use std::collections::HashMap;

use http::Method;
use leptos::server_fn::axum::server_fn_paths;

use crate::router;

/// Prints what the portal answers, one line each: its pages, and the functions that forms post to.
pub fn routes() {
    let functions: HashMap<&str, Method> = server_fn_paths().collect();
    for page in router::pages() {
        if !functions.contains_key(page.path()) {
            println!("GET {}", page.path());
        }
    }
    for (path, method) in functions {
        println!("{method} {path}");
    }
}
