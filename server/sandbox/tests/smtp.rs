//! The mail catcher, spoken to line by line as an awkward sender would.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sandbox::mail::{Effect, Fault, MailCatcher, Options, Stage};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

struct Sender(BufReader<TcpStream>);

impl Sender {
    async fn connect(catcher: &MailCatcher) -> Self {
        let mut sender = Self(BufReader::new(
            TcpStream::connect(catcher.address()).await.unwrap(),
        ));
        assert!(sender.answer().await.starts_with("220 "));
        sender
    }

    async fn write(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).await.unwrap();
    }

    /// The next answer; of several lines the last.
    async fn answer(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            if line.get(3..4) != Some("-") {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.write(&format!("{line}\r\n")).await;
        self.answer().await
    }

    /// Says every line and compares the codes of the answers.
    async fn talk(&mut self, conversation: &[(&str, &str)]) {
        for (line, code) in conversation {
            let answer = self.say(line).await;
            assert!(
                answer.starts_with(code),
                "{line:?} was answered {answer:?}, not {code}"
            );
        }
    }

    async fn ends(mut self) -> bool {
        self.0.read_to_end(&mut Vec::new()).await.unwrap() == 0
    }
}

async fn catcher(options: Options) -> MailCatcher {
    MailCatcher::start(([127, 0, 0, 1], 0).into(), options)
        .await
        .unwrap()
}

const ENVELOPE: &[(&str, &str)] = &[
    ("EHLO test", "250"),
    ("MAIL FROM:<a@x.example>", "250"),
    ("RCPT TO:<b@x.example>", "250"),
];

#[tokio::test]
async fn a_message_is_kept_as_it_was_sent() {
    let catcher = catcher(Options::default()).await;
    let mut sender = Sender::connect(&catcher).await;
    sender.talk(ENVELOPE).await;
    sender
        .talk(&[
            ("DATA", "354"),
            ("Subject: dots\r\n\r\n..one\r\n.two\r\n.", "250"),
            ("QUIT", "221"),
        ])
        .await;
    let messages = catcher.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].source, "Subject: dots\r\n\r\n.one\r\ntwo\r\n");
    assert_eq!(messages[0].envelope_from, "a@x.example");
    assert!(messages[0].is_to("B@X.example"));
    assert!(sender.ends().await);
}

#[tokio::test]
async fn commands_out_of_order_are_refused() {
    let catcher = catcher(Options::default()).await;
    let mut sender = Sender::connect(&catcher).await;
    sender
        .talk(&[
            ("MAIL FROM:<a@x.example>", "503"),
            ("EHLO test", "250"),
            ("RCPT TO:<b@x.example>", "503"),
            ("DATA", "503"),
            ("MAIL FROM:<a@x.example>", "250"),
            ("MAIL FROM:<a@x.example>", "503"),
            ("DATA", "503"),
            ("RSET", "250"),
            ("RCPT TO:<b@x.example>", "503"),
            ("AUTH PLAIN AGEAYg==", "502"),
            ("STARTTLS", "502"),
            ("VRFY b", "252"),
            ("NOOP", "250"),
        ])
        .await;
}

#[tokio::test]
async fn pipelined_commands_are_all_answered() {
    let catcher = catcher(Options::default()).await;
    let mut sender = Sender::connect(&catcher).await;
    sender
        .write(
            "EHLO test\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<reject550@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n",
        )
        .await;
    for code in ["250", "250", "550", "250", "354"] {
        assert!(sender.answer().await.starts_with(code));
    }
    assert!(sender.say("Subject: x\r\n\r\n.").await.starts_with("250"));
    assert_eq!(catcher.messages()[0].envelope_to, ["b@x.example"]);
}

#[tokio::test]
async fn a_second_message_cannot_be_smuggled_into_the_first() {
    let catcher = catcher(Options::default()).await;
    let mut sender = Sender::connect(&catcher).await;
    sender.talk(ENVELOPE).await;
    sender.talk(&[("DATA", "354")]).await;
    sender
        .talk(&[(
            "Subject: x\r\n\r\nhello\n.\r\nMAIL FROM:<evil@x.example>\r\n.",
            "550",
        )])
        .await;
    assert!(catcher.messages().is_empty());
}

#[tokio::test]
async fn content_outside_the_limits_is_refused() {
    let catcher = catcher(Options {
        max_message_size: 2000,
        max_recipients: 1,
        ..Options::default()
    })
    .await;
    let mut sender = Sender::connect(&catcher).await;
    let long_line = format!("{}\r\n.", "x".repeat(999));
    let many_lines = format!("{}.", format!("{}\r\n", "x".repeat(500)).repeat(4));
    sender
        .talk(&[("EHLO test", "250"), ("MAIL FROM:<a@x.example> SIZE=2001", "552")])
        .await;
    sender.talk(ENVELOPE).await;
    sender
        .talk(&[
            ("RCPT TO:<c@x.example>", "452"),
            ("DATA", "354"),
            (&long_line, "550"),
        ])
        .await;
    sender.talk(ENVELOPE).await;
    sender.talk(&[("DATA", "354"), (&many_lines, "552")]).await;
    sender.talk(ENVELOPE).await;
    sender.talk(&[("DATA", "354"), ("Subject: ñ\r\n.", "554")]).await;
    sender.talk(&[(&"x".repeat(3000), "500"), ("NOOP", "250")]).await;
    assert!(catcher.messages().is_empty());
}

#[tokio::test]
async fn who_must_log_in_cannot_send_before() {
    let credentials = Some(("portal".to_owned(), "s3cret".to_owned()));
    let catcher = catcher(Options {
        credentials,
        ..Options::default()
    })
    .await;
    let plain = |text: &str| STANDARD.encode(text);
    let mut sender = Sender::connect(&catcher).await;
    let (wrong, right) = (plain("\0portal\0S3cret"), plain("\0portal\0s3cret"));
    sender
        .talk(&[
            ("EHLO test", "250"),
            ("MAIL FROM:<a@x.example>", "530"),
            ("AUTH CRAM-MD5", "504"),
            (&format!("AUTH PLAIN {wrong}"), "535"),
            (&format!("AUTH PLAIN {}", plain("portal\0s3cret")), "535"),
            ("AUTH PLAIN ***", "501"),
            ("AUTH PLAIN", "334"),
            ("*", "501"),
            ("AUTH PLAIN", "334"),
            (&right, "235"),
            (&format!("AUTH PLAIN {right}"), "503"),
            ("MAIL FROM:<a@x.example>", "250"),
        ])
        .await;
}

#[tokio::test]
async fn faults_strike_at_their_stage() {
    let catcher = catcher(Options::default()).await;
    catcher
        .faults()
        .add(Fault::new(Stage::Sender, Effect::Answer("451 4.3.0 Later".to_owned())).times(1));
    catcher.faults().add(Fault::new(
        Stage::Content,
        Effect::Delay(Duration::from_millis(1)),
    ));
    catcher
        .faults()
        .add(Fault::new(Stage::Confirmation, Effect::Disconnect).to("b@x.example"));
    let mut sender = Sender::connect(&catcher).await;
    sender
        .talk(&[("EHLO test", "250"), ("MAIL FROM:<a@x.example>", "451")])
        .await;
    sender.talk(ENVELOPE).await;
    sender.talk(&[("DATA", "354")]).await;
    sender
        .write("Subject: kept, but never confirmed\r\n\r\n.\r\n")
        .await;
    assert!(sender.ends().await);
    assert_eq!(catcher.messages().len(), 1);
}

#[tokio::test]
async fn silent_and_stubborn_senders_are_sent_away() {
    let catcher = catcher(Options {
        idle_timeout: Duration::from_millis(50),
        ..Options::default()
    })
    .await;
    let mut silent = Sender::connect(&catcher).await;
    assert!(silent.answer().await.starts_with("421"));
    let mut stubborn = Sender::connect(&catcher).await;
    for _ in 0..20 {
        assert!(stubborn.say("GET / HTTP/1.1").await.starts_with("500"));
    }
    assert!(stubborn.say("GET / HTTP/1.1").await.starts_with("421"));
    assert!(stubborn.ends().await);
}

#[tokio::test]
async fn stopping_frees_the_port_and_ends_connections() {
    let first = catcher(Options::default()).await;
    let address = first.address();
    let sender = Sender::connect(&first).await;
    first.stop().await;
    assert!(sender.ends().await);
    assert!(TcpStream::connect(address).await.is_err());
    let second = MailCatcher::start(address, Options::default()).await.unwrap();
    Sender::connect(&second).await.talk(ENVELOPE).await;
}
