//! Reading lines that end in CRLF and nothing else.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// One line as it arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The content without its line end, at most as long as the limit.
    pub(super) content: Vec<u8>,
    /// Whether more came than the limit allows; the rest of the line was read and dropped.
    pub(super) too_long: bool,
    /// Whether it ended in CRLF and had no other CR. Servers that take a bare LF for a line end can be made
    /// to see two messages where the sender wrote one (SMTP smuggling, CVE-2023-51764).
    pub(super) well_ended: bool,
}

/// Reads up to the next LF; `None` at the end of the stream.
pub(super) async fn read_line<R: AsyncBufRead + Unpin>(
    reader: &mut R,
    limit: usize,
) -> io::Result<Option<Line>> {
    let mut content = Vec::new();
    let mut too_long = false;
    loop {
        let available = reader.fill_buf().await?;
        if available.is_empty() {
            return Ok(None);
        }
        let end = available.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(available.len(), |end| end + 1);
        // One byte beyond the limit, so that the CR of a line of exactly the limit is still seen.
        let room = (limit + 2).saturating_sub(content.len()).min(taken);
        content.extend_from_slice(&available[..room]);
        too_long |= room < taken;
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    let mut well_ended = false;
    if !too_long {
        content.pop();
        well_ended = content.pop_if(|byte| *byte == b'\r').is_some() && !content.contains(&b'\r');
    }
    too_long |= content.len() > limit;
    content.truncate(limit);
    Ok(Some(Line {
        content,
        too_long,
        well_ended: well_ended || too_long,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn lines(mut bytes: &[u8]) -> Vec<(String, bool, bool)> {
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut bytes, 4).await.unwrap() {
            lines.push((
                String::from_utf8(line.content).unwrap(),
                line.too_long,
                line.well_ended,
            ));
        }
        lines
    }

    #[tokio::test]
    async fn only_crlf_ends_a_line_well() {
        assert_eq!(
            lines(b"abcd\r\nab\na\rb\r\n\r\n").await,
            [
                ("abcd".to_owned(), false, true),
                ("ab".to_owned(), false, false),
                ("a\rb".to_owned(), false, false),
                (String::new(), false, true),
            ]
        );
    }

    #[tokio::test]
    async fn a_long_line_is_cut_and_the_next_one_read_whole() {
        assert_eq!(
            lines(b"abcde\r\nabcdefgh\r\nok\r\n").await,
            [
                ("abcd".to_owned(), true, true),
                ("abcd".to_owned(), true, true),
                ("ok".to_owned(), false, true)
            ]
        );
    }
}
