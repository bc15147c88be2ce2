//! Text as `WordPress` keeps it: with entities and tags.

/// The entities that `WordPress` itself writes into names and notes.
const NAMED: [(&str, &str); 20] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("times", "×"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("euro", "€"),
    ("pound", "£"),
    ("copy", "©"),
    ("reg", "®"),
];

/// The longest entity that is looked for, in bytes, without `&` and `;`.
const LONGEST_ENTITY: usize = 8;

/// Text without tags and entities: `Flyers &ndash; <b>A5</b>` becomes `Flyers – A5`.
pub(super) fn plain(text: &str) -> String {
    decode(&without_tags(text)).trim().to_owned()
}

fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        kept.push_str(before);
        let opens = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if let Some(end) = tag.find('>').filter(|_| opens) {
            rest = &tag[end + 1..];
        } else {
            kept.push('<');
            rest = &tag[1..];
        }
    }
    kept + rest
}

fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let entity = rest
            .find(';')
            .filter(|end| *end <= LONGEST_ENTITY)
            .map(|end| &rest[..end]);
        if let Some((entity, meaning)) = entity.and_then(|entity| Some((entity, meaning(entity)?))) {
            decoded.push_str(&meaning);
            rest = &rest[entity.len() + 1..];
        } else {
            decoded.push('&');
        }
    }
    decoded + rest
}

fn meaning(entity: &str) -> Option<String> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control()).map(String::from);
    }
    NAMED
        .iter()
        .find(|(name, _)| *name == entity)
        .map(|(_, meaning)| (*meaning).to_owned())
}

/// Plain text as HTML, one paragraph a line.
pub(super) fn paragraphs(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let lines = escaped.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| ["<p>", line, "</p>"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_tags_and_entities_and_nothing_else() {
        for (kept, read) in [
            (
                "Ship Your Idea &ndash; Color: Black",
                "Ship Your Idea – Color: Black",
            ),
            ("Cards &times; 1, R&amp;D &#8217;s &#xe9;", "Cards × 1, R&D ’s é"),
            (
                "Grußkarte „Été“ & Co. – 名刺 😀 <b>fett</b>",
                "Grußkarte „Été“ & Co. – 名刺 😀 fett",
            ),
            (
                "A4 < A3 & A2 > A1; &unknown; &#0; &",
                "A4 < A3 & A2 > A1; &unknown; &#0; &",
            ),
            ("<a href=\"https://x.example\">f.pdf</a>", "f.pdf"),
            ("open <b", "open <b"),
        ] {
            assert_eq!(plain(kept), read);
        }
    }

    #[test]
    fn descriptions_are_written_as_paragraphs() {
        assert_eq!(
            paragraphs("R&D <x>\n\n second "),
            "<p>R&amp;D &lt;x&gt;</p><p>second</p>"
        );
    }
}
