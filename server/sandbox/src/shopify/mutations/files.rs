//! Files: places to upload to, and files made from an address.

use serde_json::{Map, Value, json};

use super::super::answer::{gid, user_error};
use super::super::objects::instant;
use super::super::session::Session;
use crate::shop::Shop;

/// The largest picture taken, in bytes.
const MAX_IMAGE: u64 = 20 * 1024 * 1024;

/// `stagedUploadsCreate`: one place for each file. It takes the file once, as `PUT` or as a form, whichever was asked for.
pub(super) fn stage(session: &Session<'_>, arguments: &Map<String, Value>) -> Value {
    let inputs = arguments["input"].as_array().cloned().unwrap_or_default();
    let mut targets = Vec::new();
    let mut errors = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let size = input["fileSize"]
            .as_str()
            .and_then(|size| size.parse().ok())
            .or(input["fileSize"].as_u64());
        if size.is_some_and(|size| size > MAX_IMAGE) {
            let place = index.to_string();
            errors.push(user_error(
                &["input", &place, "fileSize"],
                "File size is too big",
                None,
            ));
            continue;
        }
        let token = session.world.fresh_hex(32);
        let is_form = input["httpMethod"] == "POST";
        let filename = input["filename"].as_str().unwrap_or("file");
        let url = format!("{}/staged/{token}/{filename}", session.base);
        session.state.expect_upload(&token, &url);
        let parameters = if is_form {
            json!([
                { "name": "Content-Type", "value": input["mimeType"] },
                { "name": "success_action_status", "value": "201" },
                { "name": "acl", "value": "private" },
                { "name": "key", "value": format!("tmp/{token}/{filename}") },
            ])
        } else {
            json!([{ "name": "content_type", "value": input["mimeType"] }, { "name": "acl", "value": "private" }])
        };
        targets.push(json!({ "url": url, "resourceUrl": url, "parameters": parameters }));
    }
    json!({ "stagedTargets": targets, "userErrors": errors })
}

/// `fileCreate`: what comes of it is told later, by `fileStatus`.
pub(super) fn create(shop: &mut Shop, arguments: &Map<String, Value>) -> Value {
    let inputs = arguments["files"].as_array().cloned().unwrap_or_default();
    let files: Vec<_> = inputs
        .iter()
        .map(|input| {
            json!({
                "__typename": "MediaImage",
                "id": gid("MediaImage", shop.next_id()),
                "alt": input["alt"],
                "fileStatus": "UPLOADED",
                "status": "UPLOADED",
                "mediaContentType": "IMAGE",
                "createdAt": instant(shop.now),
                "updatedAt": instant(shop.now),
                "preview": { "status": "UPLOADED", "image": null },
                "fileErrors": [],
                "mediaErrors": [],
            })
        })
        .collect();
    json!({ "files": files, "userErrors": [] })
}
