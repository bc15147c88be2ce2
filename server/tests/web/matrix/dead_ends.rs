//! No page of a role leads it to a dead end: no link to what it may not open, no form it may not send.

use std::collections::{BTreeMap, BTreeSet};

use portal::testing::on_both;

use super::functions::answer_of;
use super::house::House;
use super::{Visitor, visitors};
use crate::browser::Browser;

/// A page as somebody sees it.
struct Page<'h> {
    html: &'h str,
}

impl<'h> Page<'h> {
    /// The values of an attribute of every element of a kind.
    fn attributes(&self, element: &str, attribute: &str) -> Vec<&'h str> {
        let open = format!("<{element} ");
        let tags = self.html.split(open.as_str()).skip(1);
        tags.filter_map(|rest| value_of(rest.split('>').next()?, attribute))
            .collect()
    }

    /// Links within the portal, without what only moves within a page.
    fn links(&self) -> Vec<String> {
        let links = self.attributes("a", "href").into_iter();
        links
            .filter(|href| href.starts_with('/') && !href.starts_with("//"))
            .map(|href| href.split('#').next().unwrap_or_default().replace("&amp;", "&"))
            .collect()
    }

    /// The server functions of the forms that can be sent: those with a button that is not disabled.
    fn functions(&self) -> BTreeSet<String> {
        let mut functions = BTreeSet::new();
        for form in self.html.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let Some((tag, inside)) = form.split_once('>') else {
                continue;
            };
            let Some(function) = value_of(tag, "action").and_then(|action| action.strip_prefix("/do/"))
            else {
                continue;
            };
            let id = value_of(tag, "id").map(|id| format!("form=\"{id}\""));
            let own = inside.split("<button ").skip(1);
            let others = self.html.split("<button ").skip(1).filter(|button| {
                let tag = button.split('>').next().unwrap_or_default();
                id.as_ref().is_some_and(|id| tag.contains(id.as_str()))
            });
            let sends = |button: &str| {
                let tag = button.split('>').next().unwrap_or_default();
                value_of(tag, "type") != Some("button")
            };
            if own.into_iter().chain(others).any(sends) {
                functions.insert(function.to_owned());
            }
        }
        functions
    }
}

/// The value of an attribute, from what stands between `<` and `>`.
fn value_of<'t>(tag: &'t str, attribute: &str) -> Option<&'t str> {
    let start = tag.find(&format!("{attribute}=\""))? + attribute.len() + 2;
    tag[start..].split('"').next()
}

/// Follows every link from the start page on. Links that only change the query are followed from the page itself, not
/// from each other. Gives what is wrong, and the functions of the forms that can be sent, with a page that has them.
async fn explore(browser: &mut Browser) -> (Vec<String>, BTreeMap<String, String>) {
    let mut queue = vec![("/".to_owned(), "nowhere".to_owned())];
    let mut known: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    let (mut dead, mut functions) = (Vec::new(), BTreeMap::new());
    while let Some((address, from)) = queue.pop() {
        let answer = browser.get(&address).await;
        if answer.status.is_client_error() || answer.status.is_server_error() {
            dead.push(format!("{} {address}, linked from {from}", answer.status));
            continue;
        }
        let location = answer.location().to_owned();
        if location.starts_with("/login") {
            dead.push(format!("{address}, linked from {from}, wants another log-in"));
        }
        let page = Page { html: &answer.body };
        for function in page.functions() {
            functions.entry(function).or_insert_with(|| address.clone());
        }
        let beyond = page
            .links()
            .into_iter()
            .chain(location.starts_with('/').then_some(location));
        for link in beyond {
            if address.contains('?') && link.contains('?') || !known.insert(link.clone()) {
                continue;
            }
            queue.push((link, address.clone()));
        }
    }
    (dead, functions)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_leads_its_role_to_a_dead_end() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut wrong = Vec::new();
        for visitor in visitors() {
            if matches!(visitor, Visitor::Anonymous | Visitor::Stranger) {
                continue;
            }
            let mut browser = visitor.browser(&house).await;
            let (dead, functions) = explore(&mut browser).await;
            wrong.extend(dead.into_iter().map(|dead| format!("{visitor:?}: {dead}")));
            assert!(functions.len() > 1, "{visitor:?} met {functions:?} only");
            for (function, page) in functions {
                let answer = answer_of(&function, visitor);
                if answer != "yes" {
                    wrong.push(format!(
                        "{visitor:?}: the form {function} of {page} is answered {answer}"
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
