//! A mail as plain text.

use super::content::Content;

/// Lays a mail out as plain text, one paragraph a line: mail programmes wrap.
pub(super) fn render(content: &Content) -> String {
    let mut blocks = vec![content.heading.to_uppercase()];
    blocks.extend(content.paragraphs.iter().cloned());
    blocks.extend(
        content
            .details
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    blocks.push(format!("{}:\n{}", content.action.label, content.action.url));
    blocks.extend(content.small_print.iter().cloned());
    // The signature mark of RFC 3676, 4.3: mail programmes grey out what follows.
    blocks.push(format!("-- \n{}", content.footer.join("\n")));
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}
