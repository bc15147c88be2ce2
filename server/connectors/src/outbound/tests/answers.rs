//! What the client makes of answers, good and bad.

use super::*;

#[tokio::test]
async fn a_file_arrives_whole_with_what_the_server_claims() {
    let file = get(|| async { ([(header::CONTENT_TYPE, "application/pdf")], "%PDF-1.7") });
    let address = serve(Router::new().route("/a.pdf", file)).await;
    let mut sink = Vec::new();
    let url = format!("http://shop.example.com:{}/a.pdf", address.port());
    let download = developing().download(&url, MAX_BYTES, &mut sink).await.unwrap();
    assert_eq!(sink, b"%PDF-1.7");
    assert_eq!(download.size, 8);
    assert_eq!(download.content_type.as_deref(), Some("application/pdf"));
    assert_eq!(download.final_url.as_str(), url);
}

#[tokio::test]
async fn a_status_other_than_200_is_no_file() {
    let router = Router::new().route(
        "/{status}",
        get(|Path(status): Path<u16>| async move { (StatusCode::from_u16(status).unwrap(), "sorry") }),
    );
    let address = serve(router).await;
    for (status, transient) in [
        (404, false),
        (403, false),
        (410, false),
        (204, false),
        (429, true),
        (500, true),
        (503, true),
    ] {
        let (answer, sink) = download(&developing(), &format!("http://{address}/{status}")).await;
        let error = answer.unwrap_err();
        assert!(
            matches!(error, OutboundError::BadStatus { status: found, .. } if found == status),
            "{error:?}"
        );
        assert_eq!(error.is_transient(), transient, "{status}");
        assert!(sink.is_empty());
    }
}

#[tokio::test]
async fn too_large_is_found_by_the_announced_and_by_the_real_size() {
    let endless = || async {
        let zeros = || Some(Ok::<_, io::Error>(Bytes::from_static(&[0; 100])));
        Body::from_stream(futures::stream::iter(std::iter::from_fn(zeros)))
    };
    let router = Router::new()
        .route("/announced", get(|| async { vec![0_u8; 1_001] }))
        .route("/exact", get(|| async { vec![0_u8; 1_000] }))
        .route("/endless", get(endless));
    let address = serve(router).await;
    let (answer, sink) = download(&developing(), &format!("http://{address}/announced")).await;
    assert!(matches!(answer, Err(OutboundError::TooLarge { limit: 1_000 })));
    assert!(sink.is_empty());
    assert_eq!(
        download(&developing(), &format!("http://{address}/exact"))
            .await
            .0
            .unwrap(),
        1_000
    );
    let (answer, sink) = download(&developing(), &format!("http://{address}/endless")).await;
    assert!(matches!(answer, Err(OutboundError::TooLarge { .. })));
    assert!(sink.len() <= 1_000);
    let send = Request::get(format!("http://{address}/endless")).max_body(500);
    assert_eq!(developing().send(send).await.unwrap_err().code(), "too-large");
}

#[tokio::test]
async fn lies_about_the_length_are_noticed() {
    let short = serve_raw("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nonly this", true).await;
    assert_eq!(
        code(&developing(), &format!("http://{short}/")).await,
        "broken-off"
    );
    let cut = serve_raw(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nonly this\r\n",
        true,
    )
    .await;
    assert_eq!(code(&developing(), &format!("http://{cut}/")).await, "broken-off");
    let long = serve_raw("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nonly this", true).await;
    assert_eq!(
        download(&developing(), &format!("http://{long}/")).await.1,
        b"only"
    );
    let huge = serve_raw(
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n",
        true,
    )
    .await;
    assert_eq!(
        code(&developing(), &format!("http://{huge}/")).await,
        "unreachable"
    );
    let nonsense = serve_raw("SSH-2.0-OpenSSH_9.2\r\n", true).await;
    assert_eq!(
        code(&developing(), &format!("http://{nonsense}/")).await,
        "unreachable"
    );
}

#[tokio::test]
async fn compressed_bodies_are_not_unpacked() {
    let bomb = get(|| async { ([(header::CONTENT_ENCODING, "gzip")], vec![0x1f, 0x8b, 8, 0]) });
    let address = serve(Router::new().route("/", bomb)).await;
    assert_eq!(
        code(&developing(), &format!("http://{address}/")).await,
        "unexpected-encoding"
    );
}

#[tokio::test]
async fn slow_servers_run_out_of_time() {
    let silent = serve_raw("", false).await;
    let stalls = serve_raw("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nonly this", false).await;
    let trickle = || async {
        let drops = futures::stream::iter(std::iter::repeat(()));
        Body::from_stream(drops.then(|()| async {
            tokio::task::yield_now().await;
            Ok::<_, io::Error>(Bytes::from_static(b"."))
        }))
    };
    let trickling = serve(Router::new().route("/", get(trickle))).await;
    let short = Duration::from_millis(200);
    let stalling = Outbound::new(OutboundSettings {
        targets: Targets::PublicAndLoopback,
        stall_timeout: short,
        ..OutboundSettings::default()
    })
    .unwrap();
    assert_eq!(code(&stalling, &format!("http://{silent}/")).await, "timed-out");
    assert_eq!(code(&stalling, &format!("http://{stalls}/")).await, "timed-out");
    let hurried = Outbound::new(OutboundSettings {
        targets: Targets::PublicAndLoopback,
        download_timeout: short,
        ..OutboundSettings::default()
    })
    .unwrap();
    for slow in [silent, stalls, trickling] {
        let answer = hurried
            .download(&format!("http://{slow}/"), u64::MAX, &mut tokio::io::sink())
            .await;
        assert!(matches!(answer, Err(OutboundError::TimedOut)), "{answer:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_told_from_no_such_name() {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let free = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(
        code(&developing(), &format!("http://{free}/")).await,
        "unreachable"
    );
    assert_eq!(
        code(&developing(), "http://nowhere.example.com/").await,
        "unknown-host"
    );
}

#[tokio::test]
async fn plain_http_behind_https_is_unreachable() {
    let plain = serve(Router::new()).await;
    assert_eq!(
        code(&developing(), &format!("https://{plain}/")).await,
        "unreachable"
    );
}
