//! One conversation with a sender.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::timeout;

use super::Server;
use super::command::{self, Command};
use super::faults::{Effect, Stage};
use super::lines::{Line, read_line};
use super::message::Envelope;

/// Longer than the 512 octets of RFC 5321, because extensions add parameters.
const MAX_COMMAND: usize = 2048;
/// The longest line of a message without its CRLF (RFC 5321, 4.5.3.1.6).
const MAX_CONTENT_LINE: usize = 998;
/// A sender that understands so little is sent away.
const MAX_ERRORS: u32 = 20;

/// What happens after a command.
enum Next {
    Continue,
    Close,
}

/// A message whose envelope is being given.
struct Transaction {
    sender: String,
    recipients: Vec<String>,
    eight_bit: bool,
}

pub(super) struct Session {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    server: Arc<Server>,
    greeted: bool,
    authenticated: bool,
    transaction: Option<Transaction>,
    errors: u32,
}

impl Session {
    pub(super) fn new(stream: TcpStream, server: Arc<Server>) -> Self {
        let (reader, writer) = stream.into_split();
        let authenticated = server.options.credentials.is_none();
        let reader = BufReader::new(reader);
        Self {
            reader,
            writer,
            server,
            greeted: false,
            authenticated,
            transaction: None,
            errors: 0,
        }
    }

    /// Talks until either side hangs up. A server that is `crowded` only says so.
    pub(super) async fn run(mut self, crowded: bool) -> io::Result<()> {
        let host = self.server.options.host_name.clone();
        if crowded {
            return self
                .answer(&format!(
                    "421 4.3.2 {host} has too many connections, try again later"
                ))
                .await;
        }
        match self.fault(Stage::Connection, &[]).await {
            None => self.answer(&format!("220 {host} ESMTP")).await?,
            Some(Effect::Answer(line)) => return self.answer(&line).await,
            Some(_) => return Ok(()),
        }
        while let Some(line) = self.next_line(MAX_COMMAND).await? {
            if let Next::Close = self.step(&line).await? {
                break;
            }
        }
        Ok(())
    }

    async fn step(&mut self, line: &Line) -> io::Result<Next> {
        let command = match line {
            Line { too_long: true, .. } => Err("500 5.5.2 Line too long"),
            Line {
                well_ended: false, ..
            } => Err("500 5.5.2 Lines end in CRLF"),
            Line { content, .. } => command::parse(content),
        };
        match command {
            Ok(Command::Quit) => {
                self.answer("221 2.0.0 Bye").await?;
                Ok(Next::Close)
            }
            Ok(Command::Data) => self.data().await,
            Ok(Command::Auth { mechanism, initial }) => self.auth(&mechanism, initial).await,
            Ok(Command::Mail {
                sender,
                size,
                eight_bit,
            }) => self.mail(sender, size, eight_bit).await,
            Ok(Command::Recipient { address }) => self.recipient(address).await,
            Ok(command) => self.simple(&command).await,
            Err(answer) => self.refuse(answer).await,
        }
    }

    /// Commands that cannot go wrong.
    async fn simple(&mut self, command: &Command) -> io::Result<Next> {
        let answer = match command {
            Command::Ehlo | Command::Helo => {
                self.greeted = true;
                self.transaction = None;
                self.greeting(matches!(command, Command::Ehlo))
            }
            Command::Reset => {
                self.transaction = None;
                "250 2.0.0 Reset".to_owned()
            }
            Command::Verify => "252 2.1.5 Send some mail and see".to_owned(),
            Command::Help => "214 2.0.0 RFC 5321 says it all".to_owned(),
            _ => "250 2.0.0 Ok".to_owned(),
        };
        self.answer(&answer).await?;
        Ok(Next::Continue)
    }

    fn greeting(&self, extended: bool) -> String {
        let options = &self.server.options;
        if !extended {
            return format!("250 {}", options.host_name);
        }
        let auth = if options.credentials.is_some() {
            "250-AUTH PLAIN\r\n"
        } else {
            ""
        };
        format!(
            "250-{}\r\n250-PIPELINING\r\n250-SIZE {}\r\n250-8BITMIME\r\n{auth}250 ENHANCEDSTATUSCODES",
            options.host_name, options.max_message_size
        )
    }

    /// `AUTH PLAIN` (RFC 4616): authorisation identity, user name and password, separated by NUL, in base64.
    async fn auth(&mut self, mechanism: &str, initial: Option<String>) -> io::Result<Next> {
        let Some((user, password)) = self.server.options.credentials.clone() else {
            return self.refuse("502 5.5.1 Nobody needs to log in here").await;
        };
        if !self.greeted || self.authenticated || self.transaction.is_some() {
            return self.refuse("503 5.5.1 Not now").await;
        }
        if mechanism != "PLAIN" {
            return self.refuse("504 5.5.4 Only PLAIN is offered").await;
        }
        let response = if let Some(response) = initial {
            response.into_bytes()
        } else {
            self.answer("334 ").await?;
            let Some(line) = self.next_line(MAX_COMMAND).await? else {
                return Ok(Next::Close);
            };
            line.content
        };
        if response == b"*" {
            return self.refuse("501 5.7.0 Log-in cancelled").await;
        }
        let Ok(response) = STANDARD.decode(response) else {
            return self.refuse("501 5.5.2 That is no base64").await;
        };
        let parts: Vec<&[u8]> = response.split(|&byte| byte == 0).collect();
        if parts.len() == 3 && parts[1] == user.as_bytes() && parts[2] == password.as_bytes() {
            self.authenticated = true;
            self.answer("235 2.7.0 Welcome").await?;
            Ok(Next::Continue)
        } else {
            self.refuse("535 5.7.8 User name or password is wrong").await
        }
    }

    async fn mail(&mut self, sender: String, size: Option<usize>, eight_bit: bool) -> io::Result<Next> {
        if !self.greeted {
            return self.refuse("503 5.5.1 Say EHLO first").await;
        }
        if !self.authenticated {
            return self.refuse("530 5.7.0 Log in first").await;
        }
        if self.transaction.is_some() {
            return self.refuse("503 5.5.1 One message at a time").await;
        }
        if size.is_some_and(|size| size > self.server.options.max_message_size) {
            return self.refuse("552 5.3.4 The message is too big").await;
        }
        if let Some(effect) = self.fault(Stage::Sender, &[]).await {
            return self.suffer(effect).await;
        }
        self.transaction = Some(Transaction {
            sender,
            recipients: Vec::new(),
            eight_bit,
        });
        self.answer("250 2.1.0 Ok").await?;
        Ok(Next::Continue)
    }

    async fn recipient(&mut self, address: String) -> io::Result<Next> {
        let Some(transaction) = &self.transaction else {
            return self.refuse("503 5.5.1 Say MAIL FROM first").await;
        };
        if transaction.recipients.len() >= self.server.options.max_recipients {
            return self.refuse("452 4.5.3 Too many recipients").await;
        }
        if let Some(effect) = self.fault(Stage::Recipient, std::slice::from_ref(&address)).await {
            return self.suffer(effect).await;
        }
        if let Some(transaction) = &mut self.transaction {
            transaction.recipients.push(address);
        }
        self.answer("250 2.1.5 Ok").await?;
        Ok(Next::Continue)
    }

    async fn data(&mut self) -> io::Result<Next> {
        let recipients = self
            .transaction
            .as_ref()
            .map(|transaction| transaction.recipients.clone());
        let Some(recipients) = recipients.filter(|recipients| !recipients.is_empty()) else {
            return self.refuse("503 5.5.1 Say RCPT TO first").await;
        };
        if let Some(effect) = self.fault(Stage::Content, &recipients).await {
            return self.suffer(effect).await;
        }
        self.answer("354 End with a line of one dot").await?;
        let Some(transaction) = self.transaction.take() else {
            return Ok(Next::Close);
        };
        let Some(content) = self.content(transaction.eight_bit).await? else {
            return Ok(Next::Close);
        };
        let source = match content {
            Ok(source) => source,
            Err(answer) => return self.refuse(answer).await,
        };
        let envelope = Envelope {
            from: transaction.sender,
            to: transaction.recipients,
            received_at: now(),
        };
        let id = match self.server.mailbox.add(envelope, &source) {
            Ok(id) => id,
            Err(error) => {
                tracing::warn!(%error, "a mail could not be kept");
                return self.refuse("452 4.3.1 The message cannot be kept").await;
            }
        };
        if let Some(effect) = self.fault(Stage::Confirmation, &recipients).await {
            return self.suffer(effect).await;
        }
        self.answer(&format!("250 2.0.0 Ok: queued as {id}")).await?;
        Ok(Next::Continue)
    }

    /// The content up to the line of one dot, or the answer that refuses it; `None` when the sender hung up.
    async fn content(&mut self, eight_bit: bool) -> io::Result<Option<Result<Vec<u8>, &'static str>>> {
        let mut content = Vec::new();
        let mut wrong = None;
        let mut after_crlf = true;
        loop {
            let Some(line) = self.next_line(MAX_CONTENT_LINE + 1).await? else {
                return Ok(None);
            };
            if after_crlf && line.well_ended && line.content == b"." {
                return Ok(Some(wrong.map_or(Ok(content), Err)));
            }
            let text = match line.content.as_slice() {
                [b'.', rest @ ..] if after_crlf => rest,
                all => all,
            };
            after_crlf = line.well_ended;
            if wrong.is_none() {
                wrong = if !line.well_ended {
                    Some("550 5.6.0 Lines of a message end in CRLF")
                } else if line.too_long || text.len() > MAX_CONTENT_LINE {
                    Some("550 5.6.0 A line is longer than 998 octets")
                } else if !eight_bit && !text.is_ascii() {
                    Some("554 5.6.1 Content has eight bits, MAIL said seven")
                } else if content.len() + text.len() + 2 > self.server.options.max_message_size {
                    Some("552 5.3.4 The message is too big")
                } else {
                    None
                };
            }
            if wrong.is_none() {
                content.extend_from_slice(text);
                content.extend_from_slice(b"\r\n");
            }
        }
    }

    /// The next line; `None` when the sender hung up or was silent too long.
    async fn next_line(&mut self, limit: usize) -> io::Result<Option<Line>> {
        let patience: Duration = self.server.options.idle_timeout;
        if let Ok(line) = timeout(patience, read_line(&mut self.reader, limit)).await {
            return line;
        }
        self.answer("421 4.4.2 Silent for too long").await?;
        Ok(None)
    }

    /// The fault that strikes now; a delay is over when this returns.
    async fn fault(&self, stage: Stage, recipients: &[String]) -> Option<Effect> {
        match self.server.faults.strike(stage, recipients)? {
            Effect::Delay(delay) => {
                tokio::time::sleep(delay).await;
                None
            }
            effect => Some(effect),
        }
    }

    async fn suffer(&mut self, effect: Effect) -> io::Result<Next> {
        match effect {
            Effect::Answer(line) => {
                self.answer(&line).await?;
                Ok(Next::Continue)
            }
            Effect::Disconnect | Effect::Delay(_) => Ok(Next::Close),
        }
    }

    async fn refuse(&mut self, answer: &str) -> io::Result<Next> {
        self.errors += 1;
        if self.errors > MAX_ERRORS {
            self.answer("421 4.7.0 Too many errors").await?;
            return Ok(Next::Close);
        }
        self.answer(answer).await?;
        Ok(Next::Continue)
    }

    async fn answer(&mut self, answer: &str) -> io::Result<()> {
        self.writer.write_all(format!("{answer}\r\n").as_bytes()).await
    }
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "a mail server is an outside system with a clock of its own"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
