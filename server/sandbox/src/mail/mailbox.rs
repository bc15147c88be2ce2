//! The messages a server keeps, in memory and, when told so, in a directory.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mail_parser::{DateTime, HeaderValue, MessageParser, Received};

use super::message::{Envelope, Message};

/// The messages a server keeps. Cheap to clone: every clone is the same mailbox.
#[derive(Clone)]
pub struct Mailbox(Arc<Inner>);

struct Inner {
    keep: usize,
    directory: Option<PathBuf>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    messages: VecDeque<Arc<Message>>,
    last_id: u64,
}

impl Mailbox {
    /// Opens a mailbox of at most `keep` messages, with those already in `directory`.
    pub(super) fn open(keep: usize, directory: Option<PathBuf>) -> io::Result<Self> {
        let mut kept = Kept::default();
        if let Some(directory) = &directory {
            std::fs::create_dir_all(directory)?;
            for (id, path) in stored_files(directory)? {
                kept.last_id = id;
                kept.messages
                    .push_back(Arc::new(read_stored(id, &std::fs::read(path)?)));
            }
        }
        let mailbox = Self(Arc::new(Inner {
            keep,
            directory,
            kept: Mutex::new(kept),
        }));
        mailbox.forget_oldest(&mut mailbox.lock());
        Ok(mailbox)
    }

    /// Every message, oldest first.
    pub fn messages(&self) -> Vec<Arc<Message>> {
        self.lock().messages.iter().cloned().collect()
    }

    /// The messages `address` got, oldest first.
    pub fn messages_to(&self, address: &str) -> Vec<Arc<Message>> {
        self.lock()
            .messages
            .iter()
            .filter(|message| message.is_to(address))
            .cloned()
            .collect()
    }

    /// The message of this id, while it is kept.
    pub fn message(&self, id: u64) -> Option<Arc<Message>> {
        self.lock()
            .messages
            .iter()
            .find(|message| message.id == id)
            .cloned()
    }

    /// Forgets every message; ids go on counting.
    pub fn clear(&self) {
        let mut kept = self.lock();
        while let Some(message) = kept.messages.pop_front() {
            self.remove_file(message.id);
        }
    }

    /// Keeps a message and gives its id.
    pub(super) fn add(&self, envelope: Envelope, source: &[u8]) -> io::Result<u64> {
        let mut kept = self.lock();
        let id = kept.last_id + 1;
        if let Some(directory) = &self.0.directory {
            std::fs::write(file_of(directory, id), stored(id, &envelope, source))?;
        }
        kept.last_id = id;
        kept.messages
            .push_back(Arc::new(Message::read(id, envelope, source)));
        self.forget_oldest(&mut kept);
        Ok(id)
    }

    fn forget_oldest(&self, kept: &mut Kept) {
        while kept.messages.len() > self.0.keep {
            if let Some(message) = kept.messages.pop_front() {
                self.remove_file(message.id);
            }
        }
    }

    fn remove_file(&self, id: u64) {
        if let Some(directory) = &self.0.directory
            && let Err(error) = std::fs::remove_file(file_of(directory, id))
        {
            tracing::warn!(id, %error, "a kept mail could not be removed");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn file_of(directory: &Path, id: u64) -> PathBuf {
    directory.join(format!("{id:010}.eml"))
}

/// The kept files by id, oldest first.
fn stored_files(directory: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        let id = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .and_then(|stem| stem.parse().ok());
        if let Some(id) = id.filter(|_| path.extension().is_some_and(|extension| extension == "eml")) {
            files.push((id, path));
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// The end of the headers that [`stored`] adds: none of them is part of the message.
const END_OF_ENVELOPE: &str = "X-Envelope-End: yes\r\n";

/// The message with its envelope in front, the way a server that delivers into files adds trace headers
/// (RFC 5321, 4.4): any mail programme can open it.
fn stored(id: u64, envelope: &Envelope, source: &[u8]) -> Vec<u8> {
    let received = DateTime::from_timestamp(envelope.received_at).to_rfc822();
    let recipients: Vec<String> = envelope
        .to
        .iter()
        .map(|to| format!("X-Envelope-To: {to}\r\n"))
        .collect();
    let recipients = recipients.concat();
    let head = format!(
        "Return-Path: <{}>\r\n{recipients}Received: by sandbox with ESMTP id {id}; {received}\r\n{END_OF_ENVELOPE}",
        envelope.from
    );
    [head.as_bytes(), source].concat()
}

fn read_stored(id: u64, file: &[u8]) -> Message {
    let end = END_OF_ENVELOPE.as_bytes();
    let start = file
        .windows(end.len())
        .position(|window| window == end)
        .map_or(0, |found| found + end.len());
    let head = MessageParser::default()
        .parse_headers(&file[..start])
        .unwrap_or_default();
    let to = head
        .header_values("X-Envelope-To")
        .filter_map(HeaderValue::as_text)
        .map(str::to_owned)
        .collect();
    let received = head.received().and_then(Received::date);
    let envelope = Envelope {
        from: head.return_address().unwrap_or_default().to_owned(),
        to,
        received_at: received.map_or(0, |date| date.to_timestamp()),
    };
    Message::read(id, envelope, &file[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(to: &str) -> Envelope {
        Envelope {
            from: "a@x.example".to_owned(),
            to: vec![to.to_owned()],
            received_at: 1_795_000_000,
        }
    }

    #[test]
    fn the_oldest_messages_are_forgotten() {
        let mailbox = Mailbox::open(2, None).unwrap();
        for to in ["one@x", "two@x", "three@x"] {
            mailbox.add(envelope(to), b"Subject: hello\r\n\r\n").unwrap();
        }
        let ids: Vec<u64> = mailbox.messages().iter().map(|message| message.id).collect();
        assert_eq!(ids, [2, 3]);
        assert_eq!(mailbox.messages_to("THREE@x").len(), 1);
    }

    #[test]
    fn a_directory_keeps_messages_over_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let open = || Mailbox::open(10, Some(directory.path().join("mail"))).unwrap();
        let before = open();
        before
            .add(envelope("one@x"), b"Subject: uno\r\n\r\nHola")
            .unwrap();
        before.add(envelope("two@x"), b"Subject: dos\r\n\r\n").unwrap();
        let after = open();
        assert_eq!(after.messages(), before.messages());
        after.clear();
        assert_eq!(after.add(envelope("three@x"), b"\r\n").unwrap(), 3);
        assert_eq!(open().messages().len(), 1);
    }
}
