//! The HTML document around every page.

use http::{HeaderName, HeaderValue};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags};
use portal::Portal;

use crate::routes::App;
use crate::visitor::visitor;

/// The document. The nonce of its two inline elements is the only one the content security policy admits.
pub fn document(options: LeptosOptions) -> impl IntoView {
    let visitor = visitor();
    let settings = use_context::<Portal>().map(|portal| portal.settings);
    let (accent, loopback) = settings
        .map(|settings| (settings.brand.accent.clone(), settings.outbound.allow_loopback))
        .unwrap_or_default();
    let nonce = use_nonce();
    if let (Some(nonce), Some(response)) = (&nonce, use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&content_security_policy(nonce, loopback))
    {
        response.insert_header(HeaderName::from_static("content-security-policy"), policy);
    }
    view! {
        <!DOCTYPE html>
        <html lang=visitor.language.as_str() data-theme=visitor.theme.as_str()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <HashedStylesheet options=options.clone() id="style"/>
                <style nonce=nonce>{format!(":root{{--accent:{accent}}}")}</style>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Pictures of what stores sell come from wherever the stores keep them; where stores may be on this machine itself, as
/// the sandbox is, from there too.
fn content_security_policy(nonce: &str, loopback: bool) -> String {
    let pictures = if loopback { " http://127.0.0.1:*" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data: https:{pictures}; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
