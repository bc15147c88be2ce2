//! No page of a role leads it to a dead end: no link to what it may not open, no form it may not send.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ClientRole, Role};
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

    /// Links within the portal, without what only moves within a page; `at` is the page's own address.
    fn links(&self, at: &str) -> Vec<String> {
        let path = at.split('?').next().unwrap_or_default();
        let links = self.attributes("a", "href").into_iter();
        links
            .map(|href| href.split('#').next().unwrap_or_default().replace("&amp;", "&"))
            .map(|href| {
                if href.starts_with('?') {
                    format!("{path}{href}")
                } else {
                    href
                }
            })
            .filter(|href| href.starts_with('/') && !href.starts_with("//"))
            .collect()
    }

    /// Whether the dialog is there that the page's address asks for.
    fn has_dialog(&self, at: &str) -> bool {
        let query = at.split_once('?').map_or("", |(_, query)| query);
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("dialog="));
        asked.is_none_or(|id| self.attributes("dialog", "id").contains(&id))
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
        if answer.status.is_success() && !page.has_dialog(&address) {
            dead.push(format!("{address}, linked from {from}, shows no dialog"));
        }
        for function in page.functions() {
            functions.entry(function).or_insert_with(|| address.clone());
        }
        let beyond = page
            .links(&address)
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

/// What is wrong with the pages that this visitor is led to, and how many forms they met.
async fn judge(browser: &mut Browser, visitor: Visitor) -> (Vec<String>, usize) {
    let (dead, functions) = explore(browser).await;
    let mut wrong: Vec<String> = dead
        .into_iter()
        .map(|dead| format!("{visitor:?}: {dead}"))
        .collect();
    let met = functions.len();
    for (function, page) in functions {
        let answer = answer_of(&function, visitor);
        if answer != "yes" && !is_elsewhere(&function, visitor) {
            wrong.push(format!(
                "{visitor:?}: the form {function} of {page} is answered {answer}"
            ));
        }
    }
    (wrong, met)
}

/// Whether the form offers other things than the table tries: store managers ignore a product in all orders, and not a
/// line in one.
fn is_elsewhere(function: &str, visitor: Visitor) -> bool {
    let manages_stores = visitor == Visitor::As(Role::Client(ClientRole::StoreManager));
    manages_stores && function == "orders/ignore-line"
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
            let (found, met) = judge(&mut visitor.browser(&house).await, visitor).await;
            wrong.extend(found);
            // Whoever only looks can stop looking.
            let least = if matches!(visitor, Visitor::Viewing) { 1 } else { 2 };
            assert!(met >= least, "{visitor:?} met {met} forms only");
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// What went wrong is shown to everybody who sees it, and the button that puts it right to those who may.
#[tokio::test(flavor = "multi_thread")]
async fn no_trouble_leads_a_role_to_a_dead_end() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut wrong = Vec::new();
        for (store, status, reason) in [
            ("needs_reauthorisation", "failed", "address-incomplete"),
            ("disconnected", "failed", "design-unreachable"),
            ("paused", "not_connected", "product-not-connected"),
            ("needs_attention", "on_hold", "held-by-person"),
        ] {
            house.trouble(store, status, reason).await;
            for role in Role::all() {
                let (found, _) = judge(&mut house.logged_in(role).await, Visitor::As(role)).await;
                wrong.extend(found.into_iter().map(|found| format!("{reason}: {found}")));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// Where there is nothing yet, pages say how to begin: to each role what it may begin with.
#[tokio::test(flavor = "multi_thread")]
async fn no_empty_page_leads_its_role_to_a_dead_end() {
    on_both(async |portal| {
        let house = House::build(&portal).await;
        let mut wrong = Vec::new();
        for role in ClientRole::ALL.iter().copied() {
            let mut browser = house.of_nothing(role).await;
            wrong.extend(judge(&mut browser, Visitor::As(Role::Client(role))).await.0);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
