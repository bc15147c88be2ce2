//! A mail as HTML: no tables, no images, no remote content; readable in light and dark.
//!
//! Colours are inline for mail programmes that drop style sheets; the style sheet only turns them dark.

use super::content::Content;

const DARK: &str = "@media (prefers-color-scheme:dark){\
.page{background:#17181a!important}.card{background:#212225!important;border-color:#3b3c40!important}\
.ink{color:#ededee!important}.soft{color:#a9aaad!important}.soft a{color:#7cc7ea!important}}";

const FONT: &str = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// Lays a mail out as an HTML document. Every value is escaped.
pub(super) fn render(content: &Content) -> String {
    let language = content.language.as_str();
    let (subject, preheader) = (escape(&content.subject), escape(&content.preheader));
    let (heading, label) = (escape(&content.heading), escape(&content.action.label));
    let url = escape(&content.action.url);
    let paragraphs = each(&content.paragraphs, "ink", "margin:0 0 16px;color:#1f2023");
    let details = details(content);
    let paste_link = escape(&content.paste_link);
    let small_print = each(
        &content.small_print,
        "soft",
        "margin:0 0 8px;font-size:14px;color:#5f6063",
    );
    let footer = each(
        &content.footer,
        "soft",
        "margin:0 0 4px;font-size:13px;color:#5f6063",
    );
    format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
<style>:root{{color-scheme:light dark}}{DARK}</style>
</head>
<body class="page" style="margin:0;padding:24px 12px;background:#f4f4f5">
<div style="display:none;max-height:0;overflow:hidden">{preheader}</div>
<div class="card" style="max-width:560px;margin:0 auto;padding:32px 28px;background:#ffffff;border:1px solid #dcdcdf;border-radius:8px;{FONT};font-size:16px;line-height:1.5;overflow-wrap:anywhere">
<h1 class="ink" style="margin:0 0 20px;font-size:22px;line-height:1.3;color:#1f2023">{heading}</h1>
{paragraphs}{details}<p style="margin:24px 0"><a href="{url}" style="display:inline-block;padding:12px 20px;background:#00658c;color:#ffffff;border-radius:6px;font-weight:600;text-decoration:none">{label}</a></p>
<p class="soft" style="margin:0 0 20px;font-size:14px;color:#5f6063">{paste_link}<br><a href="{url}" style="color:#00658c">{url}</a></p>
{small_print}</div>
<div style="max-width:560px;margin:16px auto 0;padding:0 28px;{FONT};line-height:1.5">
{footer}</div>
</body>
</html>
"#
    )
}

fn each(paragraphs: &[String], class: &str, style: &str) -> String {
    paragraphs
        .iter()
        .map(|paragraph| {
            format!(
                "<p class=\"{class}\" style=\"{style}\">{}</p>\n",
                escape(paragraph)
            )
        })
        .collect::<Vec<_>>()
        .concat()
}

fn details(content: &Content) -> String {
    content
        .details
        .iter()
        .map(|(name, value)| {
            let (name, value) = (escape(name), escape(value));
            format!(
                "<p class=\"soft\" style=\"margin:0 0 16px;font-size:14px;color:#5f6063\">{name}<br>\
                 <strong class=\"ink\" dir=\"ltr\" style=\"font-size:16px;color:#1f2023\">{value}</strong></p>\n"
            )
        })
        .collect::<Vec<_>>()
        .concat()
}

/// Text as HTML, inside elements and quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
