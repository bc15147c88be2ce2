//! Reading orders files as people send them.

use super::*;
use crate::csv_file::{CsvError, CsvWriter, Delimiter, Encoding, RowProblem};
use crate::order::products_for_tests;
use crate::{Language, Problem};

const HEADER: &str =
    "orderReferenceId,recipient,addressLine1,city,postcode,country,productUid,quantity,designFileUrl";

/// A row that is right.
fn good(reference: &str) -> String {
    format!("{reference},Ana Ruiz,Calle Mayor 1,Madrid,28013,ES,poster,2,https://example.com/{reference}.pdf")
}

fn file(rows: &[String]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn check(text: &str) -> Result<(OrdersCheck, Vec<RowProblem>), Problem> {
    let mut problems = Vec::new();
    let check = check_orders(text.as_bytes(), &products_for_tests(), |problem| {
        problems.push(problem);
    });
    check.map(|check| (check, problems)).map_err(|error| match error {
        CsvError::Refused(problem) => problem,
        CsvError::Io(error) => panic!("{error}"),
    })
}

fn orders(text: &str) -> Vec<ReadyOrder> {
    let products = products_for_tests();
    let (check, _) = check(text).unwrap();
    let orders = read_orders(text.as_bytes(), &products, &check.plan).unwrap();
    orders.collect::<Result<_, _>>().unwrap()
}

fn told(problems: &[RowProblem]) -> Vec<String> {
    let column = |row: &RowProblem| row.column.clone().unwrap_or_default();
    problems
        .iter()
        .map(|row| format!("{} {} {}", row.line, column(row), row.problem))
        .collect()
}

#[test]
fn a_thousand_orders_with_seven_bad_rows() {
    let mut rows: Vec<String> = (0..1000).map(|n| good(&format!("R-{n}"))).collect();
    rows[9] = "R-9,,Calle Mayor 1,Madrid,28013,ES,poster,2,".into();
    rows[100] = "R-100,Ana,Calle Mayor 1,Madrid,2801,ES,poster,2,".into();
    rows[200] = "R-200,Ana,Calle Mayor 1,Madrid,28013,Narnia,poster,2,".into();
    rows[300] = "R-300,Ana,Calle Mayor 1,Madrid,28013,ES,postre,2,".into();
    rows[400] = "R-400,Ana,Calle Mayor 1,Madrid,28013,ES,poster,0,".into();
    rows[500] = "R-500,Ana,Calle Mayor 1,Madrid,28013,ES,poster,2,design.pdf".into();
    rows[999] = ",Ana,Calle Mayor 1,Madrid,28013,ES,poster,2,".into();
    let text = file(&rows);
    let (check, problems) = check(&text).unwrap();
    assert_eq!(
        told(&problems),
        [
            "11 recipient required",
            "102 postcode invalid-postcode",
            "202 country unknown-country",
            "302 productUid unknown-product-uid-similar",
            "402 quantity quantity-too-small",
            "502 designFileUrl invalid-url",
            "1001 orderReferenceId required",
        ]
    );
    assert_eq!(problems[1].value.as_deref(), Some("2801"));
    assert_eq!(problems[1].reference.as_deref(), Some("R-100"));
    assert_eq!(
        (
            check.rows,
            check.bad_rows,
            check.ready_orders,
            check.refused_orders
        ),
        (1000, 7, 993, 6)
    );
    let orders = orders(&text);
    assert_eq!(orders.len(), 993);
    assert!(orders.is_sorted_by_key(ReadyOrder::last_row));
}

#[test]
fn rows_of_an_order_are_grouped_wherever_they_stand() {
    let text = file(&[
        good("A"),
        good("B"),
        "A,,,,,,card,5,".into(),
        good("C"),
        good("B"),
    ]);
    let orders = orders(&text);
    let seen: Vec<_> = orders
        .iter()
        .map(|ready| (ready.order.head.reference.as_str(), ready.rows.clone()))
        .collect();
    // By the last row of each.
    assert_eq!(seen, [("A", vec![2, 4]), ("C", vec![5]), ("B", vec![3, 6])]);
    assert_eq!(orders[0].order.lines[1].product_uid.as_str(), "card");
    assert_eq!(orders[0].order.head.address.city.as_str(), "Madrid");
}

#[test]
fn a_bad_row_keeps_its_whole_order_back_but_is_counted_alone() {
    let bad = good("A").replace(",poster,2,", ",poster,x,");
    let (check, problems) = check(&file(&[good("A"), good("B"), bad, good("A")])).unwrap();
    assert_eq!(
        told(&problems),
        [
            "4 quantity quantity-not-whole",
            "2  order-has-bad-row",
            "5  order-has-bad-row"
        ]
    );
    assert_eq!(
        (check.bad_rows, check.ready_orders, check.refused_orders),
        (1, 1, 1)
    );
    assert_eq!(
        problems.iter().filter(|problem| problem.is_of_this_row()).count(),
        1
    );
}

#[test]
fn rows_of_an_order_must_agree_on_where_it_goes() {
    let elsewhere = good("A").replace("Madrid", "Toledo");
    let (check, problems) = check(&file(&[good("A"), elsewhere])).unwrap();
    assert_eq!(
        told(&problems),
        ["3 city differs-within-order", "2  order-has-bad-row"]
    );
    assert_eq!((check.bad_rows, check.refused_orders), (1, 1));
}

#[test]
fn a_first_row_without_address_is_wrong_even_if_a_later_one_has_it() {
    let (_, problems) = check(&file(&["A,,,,,,poster,1,".into(), good("A")])).unwrap();
    let first: Vec<_> = told(&problems)
        .into_iter()
        .filter(|text| text.starts_with("2 "))
        .collect();
    assert_eq!(
        first,
        [
            "2 recipient required",
            "2 addressLine1 required",
            "2 city required",
            "2 country required",
            "2 postcode postcode-perhaps-required"
        ]
    );
    assert_eq!(told(&problems).last().unwrap(), "3  order-has-bad-row");
}

#[test]
fn designs_can_be_given_for_each_print_area() {
    let text = "pedido;destinatario;direccion;ciudad;cp;pais;producto;cantidad;URL del archivo de diseño;\
                URL del archivo de diseño:back;URL del archivo de diseño:sleeve\n\
                A;Ana;Calle 1;Madrid;28013;España;poster;1;https://e.com/f.pdf;https://e.com/b.pdf;\n\
                B;Ana;Calle 1;Madrid;28013;España;poster;1;;;https://e.com/s.pdf\n";
    let (check, problems) = check(text).unwrap();
    assert_eq!(check.dialect.delimiter, Delimiter::Semicolon);
    assert_eq!(
        told(&problems),
        ["3 URL del archivo de diseño:sleeve unknown-print-area"]
    );
    assert_eq!(problems[0].value.as_deref(), Some("https://e.com/s.pdf"));
    assert_eq!(orders(text)[0].order.lines[0].designs.len(), 2);
}

#[test]
fn files_that_are_no_orders_get_told_why() {
    let code = |text: &str| check(text).err().unwrap();
    assert_eq!(code("").code, "file-empty");
    assert_eq!(code("\u{FEFF}\r\n").code, "file-empty");
    assert_eq!(code(HEADER).code, "file-only-header");
    let missing = Problem::new("header-missing-columns").with("columns", "productUid, quantity");
    assert_eq!(code("order,recipient,address,city,country\n1,2,3,4,5\n"), missing);
    let png = check_orders(&b"\x89PNG\r\n\x1A\n"[..], &products_for_tests(), |_| {})
        .err()
        .unwrap();
    assert!(matches!(png, CsvError::Refused(problem) if problem.code == "file-is-image"));
}

#[test]
fn a_delimiter_in_a_text_without_quotes_is_noticed() {
    let (_, problems) = check(&file(&[good("A").replace("Mayor 1", "Mayor, 1")])).unwrap();
    assert_eq!(told(&problems)[0], "2  row-has-too-many-cells");
}

#[test]
fn accents_of_older_spreadsheets_and_blank_rows_are_no_trouble() {
    let text = file(&[good("A").replace("Madrid", "M\u{e1}laga"), ",,,,,,,,".into()]);
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let products = products_for_tests();
    let check = check_orders(latin.as_slice(), &products, |problem| panic!("{problem:?}")).unwrap();
    assert_eq!((check.rows, check.dialect.encoding), (1, Encoding::Windows1252));
    let order = read_orders(latin.as_slice(), &products, &check.plan)
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(order.order.head.address.city.as_str(), "Málaga");
}

#[test]
fn the_templates_are_read_back_and_their_example_becomes_no_order() {
    let products = products_for_tests();
    for language in Language::ALL.iter().copied() {
        let template = orders_template(language, None);
        let check = check_orders(template.as_slice(), &products, |problem| panic!("{problem:?}")).unwrap();
        assert_eq!((check.rows, check.ready_orders), (0, 0));
        assert!(check.ignored_columns.is_empty());
        // With a reference of one's own, the example itself is a right order.
        let text = String::from_utf8(template)
            .unwrap()
            .replace("EXAMPLE-1", "R-1")
            .replace("EJEMPLO-1", "R-1");
        let order = &orders(&text.replace("poster_a3", "poster"))[0].order;
        assert_eq!(order.head.reference.as_str(), "R-1");
        assert!(order.head.phone.as_ref().unwrap().as_str().starts_with('+'));
    }
}

#[test]
fn a_file_of_formulas_written_by_us_reads_as_it_was() {
    let mut writer = CsvWriter::new(Vec::new(), Delimiter::Tab).unwrap();
    writer.row(HEADER.split(',')).unwrap();
    writer
        .row(["-7", "=Ana", "@home", "+Madrid", "28013", "ES", "poster", "1", ""])
        .unwrap();
    let text = String::from_utf8(writer.finish().unwrap()).unwrap();
    let order = &orders(&text)[0].order;
    assert_eq!(order.head.reference.as_str(), "-7");
    assert_eq!(order.head.address.recipient.as_str(), "=Ana");
    assert_eq!(order.head.address.city.as_str(), "+Madrid");
}

#[test]
fn a_catalogue_that_changed_after_the_check_is_noticed() {
    let text = file(&[good("A")]);
    let (check, _) = check(&text).unwrap();
    let nothing = crate::order::OrderableProducts::default();
    let order = read_orders(text.as_bytes(), &nothing, &check.plan)
        .unwrap()
        .next()
        .unwrap();
    assert!(matches!(order, Err(CsvError::Refused(problem)) if problem.code == "file-changed-since-check"));
}
