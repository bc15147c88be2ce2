//! Where the client goes, and where it does not.

use super::*;

#[tokio::test]
async fn names_that_lead_inside_are_refused() {
    let inside = [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "224.0.0.1",
        "255.255.255.255",
    ];
    for address in inside {
        let alone = client(Targets::PublicOnly, Script::of("shop.example.com", &[&[address]]));
        assert_eq!(
            code(&alone, "http://shop.example.com/").await,
            "refused-address",
            "{address}"
        );
        let hidden = client(
            Targets::PublicOnly,
            Script::of("shop.example.com", &[&["93.184.215.14", address]]),
        );
        assert_eq!(
            code(&hidden, "https://shop.example.com/").await,
            "refused-address",
            "{address}"
        );
    }
}

#[tokio::test]
async fn the_connection_uses_the_answer_that_was_checked() {
    // The name points to the server first and inside afterwards: a second look-up would be caught by both counts.
    let address =
        serve(Router::new().route("/", get(|| async { ([(header::CONNECTION, "close")], "hello") }))).await;
    let script = Script::of("rebind.example.com", &[&["127.0.0.1"], &["169.254.169.254"]]);
    let client = client(Targets::PublicAndLoopback, script.clone());
    let url = format!("http://rebind.example.com:{}/", address.port());
    assert_eq!(download(&client, &url).await.0.unwrap(), 5);
    assert_eq!(script.asked.load(Ordering::SeqCst), 1);
    assert_eq!(code(&client, &url).await, "refused-address");
}

#[tokio::test]
async fn redirects_are_checked_like_first_addresses() {
    let places = [
        ("private", "http://10.0.0.1/"),
        ("metadata", "http://169.254.169.254/latest/meta-data/"),
        ("decimal", "http://2852039166/"),
        ("mapped", "http://[::ffff:192.168.0.1]/"),
        ("local", "//printer.local/"),
        ("file", "file:///etc/passwd"),
        ("user", "http://user:secret@example.com/"),
        ("port", "http://example.com:25/"),
    ];
    let router = Router::new().route(
        "/{place}",
        get(move |Path(place): Path<String>| async move {
            let to = places
                .iter()
                .find(|(name, _)| *name == place)
                .map_or("/", |(_, to)| *to);
            Redirect::temporary(to)
        }),
    );
    let address = serve(router).await;
    let client = developing();
    for (place, _) in places {
        let expected = match place {
            "file" | "user" => "invalid-url",
            "port" => "refused-port",
            _ => "refused-address",
        };
        assert_eq!(
            code(&client, &format!("http://{address}/{place}")).await,
            expected,
            "{place}"
        );
    }
}

#[tokio::test]
async fn five_redirects_are_followed_and_a_circle_is_not() {
    let router = Router::new()
        .route(
            "/hop/{left}",
            get(|Path(left): Path<u32>| async move {
                match left {
                    0 => "arrived".into_response(),
                    left => Redirect::permanent(&format!("{}", left - 1)).into_response(),
                }
            }),
        )
        .route("/circle", get(|| async { Redirect::to("/circle") }));
    let address = serve(router).await;
    let client = developing();
    assert_eq!(
        download(&client, &format!("http://{address}/hop/5")).await.1,
        b"arrived"
    );
    assert_eq!(
        code(&client, &format!("http://{address}/hop/6")).await,
        "too-many-redirects"
    );
    assert_eq!(
        code(&client, &format!("http://{address}/circle")).await,
        "too-many-redirects"
    );
}

#[tokio::test]
async fn headers_do_not_travel_to_another_origin() {
    let seen = |headers: HeaderMap| async move { headers.contains_key(header::AUTHORIZATION).to_string() };
    let other = serve(Router::new().route("/", get(seen))).await;
    let router = Router::new()
        .route("/same", get(|| async { Redirect::temporary("/") }))
        .route(
            "/other",
            get(move || async move { Redirect::temporary(&format!("http://{other}/")) }),
        )
        .route("/", get(seen));
    let address = serve(router).await;
    for (path, travels) in [("same", "true"), ("other", "false")] {
        let request = Request::get(format!("http://{address}/{path}"))
            .header(header::AUTHORIZATION, "Bearer secret".parse().unwrap());
        assert_eq!(developing().send(request).await.unwrap().body, travels, "{path}");
    }
}

#[tokio::test]
async fn posts_are_answered_not_redirected() {
    let router = Router::new()
        .route(
            "/echo",
            post(|body: Bytes| async move {
                (
                    StatusCode::TOO_MANY_REQUESTS,
                    [(header::RETRY_AFTER, "2.5")],
                    body,
                )
            }),
        )
        .route("/moved", post(|| async { Redirect::temporary("/echo") }));
    let address = serve(router).await;
    let json = || "application/json".parse().unwrap();
    let echo = Request::post(format!("http://{address}/echo")).body(json(), "{}");
    let response = developing().send(echo).await.unwrap();
    assert_eq!((response.status, &*response.body), (429, b"{}".as_slice()));
    assert_eq!(retry_after(&response.headers), Some(Duration::from_millis(2_500)));
    assert!(!response.is_success());
    let moved = Request::post(format!("http://{address}/moved")).body(json(), "{}");
    assert_eq!(developing().send(moved).await.unwrap().status, 307);
}
