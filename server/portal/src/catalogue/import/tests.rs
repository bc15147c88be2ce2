//! A file's way into the catalogue.

use domain::csv_file::RowProblem;
use domain::id::{FileId, ImportId};
use domain::{ImportState, OperatorRole};

use super::*;
use crate::catalogue::{ProductFilter, archive, create, export_csv, find as find_product, list};
use crate::files::{self, NewFile, Purpose, Upload};
use crate::jobs::{Worker, registry};
use crate::orders::testing::{self, poster, problem_of};
use crate::paging::Turn;
use crate::storage::sql;
use crate::testing::{TestPortal, on_both};
use crate::{Refusal, access::Operator};

async fn sent(portal: &TestPortal, purpose: Purpose, bytes: &[u8]) -> FileId {
    let mut upload = Upload::begin(&*portal.files, purpose).await.unwrap();
    upload.write(bytes).await.unwrap();
    let file = upload.finish("catalogue.csv").await.unwrap();
    let mut tx = portal.db.begin().await.unwrap();
    let new = NewFile {
        file: &file,
        customer: None,
        created_by: None,
    };
    let id = files::record(&mut tx, portal, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn checked(portal: &TestPortal, operator: &Operator, text: &[u8]) -> ImportId {
    let file = sent(portal, Purpose::Csv, text).await;
    check(portal, operator, Some(file)).await.unwrap()
}

async fn counts(portal: &TestPortal, operator: &Operator, id: ImportId) -> [i64; 4] {
    let import = find(portal, operator, id).await.unwrap();
    let preview = preview(portal, operator, &import, RowFilter::All, Turn::First, 25).await;
    let counts = preview.unwrap().counts;
    [counts.new, counts.changed, counts.unchanged, counts.refused]
}

async fn run(portal: &TestPortal) {
    Worker::new(portal, registry()).run_until_idle().await.unwrap();
}

async fn imported(portal: &TestPortal, operator: &Operator, text: &[u8]) -> Import {
    let id = checked(portal, operator, text).await;
    start(portal, operator, id).await.unwrap();
    run(portal).await;
    find(portal, operator, id).await.unwrap()
}

const FILE: &str = "productUid;nameEn;nameEs;category;options;printAreas;maxQuantity;archived\n\
    poster;Poster;Cartel;Posters;Size=A4|A3;front 297x420mm bleed 3mm;500;\n\
    pen;Pen;Bolígrafo;Stock;;;;yes\n\
    mug;Mug;;Mugs;;;0;\n";

#[tokio::test]
async fn a_file_is_looked_at_then_imported_and_changes_nothing_again() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        let old = create(&portal, &operator, &poster()).await.unwrap();
        let id = checked(&portal, &operator, FILE.as_bytes()).await;
        assert_eq!(counts(&portal, &operator, id).await, [1, 1, 0, 1]);
        assert_eq!(find_product(&portal, old).await.unwrap().definition, poster());

        start(&portal, &operator, id).await.unwrap();
        let twice = start(&portal, &operator, id).await.unwrap_err();
        assert!(matches!(twice, Refusal::Conflict(_)));
        run(&portal).await;
        let import = find(&portal, &operator, id).await.unwrap();
        assert_eq!(import.state, ImportState::PartlyFailed);
        assert_eq!((import.created, import.changed, import.rows_bad), (1, 1, 1));
        let changed = find_product(&portal, old).await.unwrap();
        assert_eq!(changed.definition.name_es.as_str(), "Cartel");
        assert_eq!(changed.variants.len(), 2);
        let archived = ProductFilter {
            archived: true,
            ..ProductFilter::default()
        };
        let archived = list(&portal, &archived, Turn::First, 25).await.unwrap();
        assert_eq!(archived.rows[0].uid, "pen");

        let again = imported(&portal, &operator, FILE.as_bytes()).await;
        assert_eq!((again.created, again.changed, again.unchanged), (0, 0, 2));
        let after = find_product(&portal, old).await.unwrap();
        assert_eq!(after, changed);
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_changes_nothing_when_it_comes_back() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        create(&portal, &operator, &poster()).await.unwrap();
        let pen = testing::product("pen", "", "");
        let pen = create(&portal, &operator, &pen).await.unwrap();
        archive(&portal, &operator, pen).await.unwrap();
        let file = export_csv(&portal, &operator).await.unwrap();
        let import = imported(&portal, &operator, &file).await;
        assert_eq!(import.state, ImportState::Succeeded);
        assert_eq!((import.created, import.changed, import.unchanged), (0, 0, 2));
        assert_eq!(export_csv(&portal, &operator).await.unwrap(), file);
    })
    .await;
}

#[tokio::test]
async fn a_column_that_is_not_there_leaves_its_field_alone() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        let id = create(&portal, &operator, &poster()).await.unwrap();
        archive(&portal, &operator, id).await.unwrap();
        let file = "uid,name,nombre,category\nposter,New name,poster,Things\n";
        let import = checked(&portal, &operator, file.as_bytes()).await;
        let import = find(&portal, &operator, import).await.unwrap();
        let preview = preview(&portal, &operator, &import, RowFilter::Changed, Turn::First, 25)
            .await
            .unwrap();
        assert_eq!(preview.rows.rows[0].verdict, Verdict::Changed(vec!["name_en"]));
        imported(&portal, &operator, file.as_bytes()).await;
        let product = find_product(&portal, id).await.unwrap();
        assert_eq!(product.definition.options, poster().options);
        assert_eq!(product.definition.print_areas, poster().print_areas);
        assert!(product.archived_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_uid_that_another_product_or_row_has_is_told_at_its_row() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        create(&portal, &operator, &poster()).await.unwrap();
        let file = "uid,name,nombre,category,options\n\
                    poster_a3-silk,A,A,Things,\n\
                    mug,Mug,Taza,Mugs,Colour=red\n\
                    mug_red,Mug,Taza,Mugs,\n";
        let id = checked(&portal, &operator, file.as_bytes()).await;
        assert_eq!(counts(&portal, &operator, id).await, [1, 0, 0, 2]);
        let say = |problems: &[RowProblem]| {
            let RowProblem { column, problem, .. } = &problems[0];
            format!("{}: {problem}", column.clone().unwrap_or_default())
        };
        let headings = ["line".to_owned(), "problem".to_owned()];
        let rows = rejected(&portal, &operator, id, headings, say).await.unwrap();
        assert_eq!(
            String::from_utf8(rows).unwrap().trim_start_matches('\u{FEFF}'),
            "\"line\",\"problem\",\"uid\",\"name\",\"nombre\",\"category\",\"options\"\r\n\
             \"2\",\"uid: product-uid-taken\",\"poster_a3-silk\",\"A\",\"A\",\"Things\",\"\"\r\n\
             \"4\",\"uid: product-uid-taken\",\"mug_red\",\"Mug\",\"Taza\",\"Mugs\",\"\"\r\n"
        );
    })
    .await;
}

#[tokio::test]
async fn a_file_that_holds_no_products_is_refused_with_the_form() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        let missing = check(&portal, &operator, None).await.unwrap_err();
        assert_eq!(problem_of(&missing, "csv"), "required");
        for (purpose, bytes, code) in [
            (
                Purpose::Design,
                &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
                "file-is-image",
            ),
            (Purpose::Csv, b"uid,name,nombre,category\n", "file-only-header"),
            (Purpose::Csv, b"uid,name\nmug,Mug\n", "header-missing-columns"),
            (Purpose::Csv, b"  \n \n", "file-empty"),
        ] {
            let file = sent(&portal, purpose, bytes).await;
            let refusal = check(&portal, &operator, Some(file)).await.unwrap_err();
            assert_eq!(problem_of(&refusal, "csv"), code);
        }
        let mut production = operator;
        production.role = OperatorRole::Production;
        let refusal = check(&portal, &production, None).await.unwrap_err();
        assert!(matches!(refusal, Refusal::Forbidden));
    })
    .await;
}

/// More rows than one transaction writes.
fn many() -> String {
    (0..50).fold("uid,name,nombre,category\n".to_owned(), |file, row| {
        format!("{file}card-{row:02},Card,Tarjeta,Cards\n")
    })
}

#[tokio::test]
async fn an_import_goes_on_behind_the_rows_that_are_done() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        let id = checked(&portal, &operator, many().as_bytes()).await;
        start(&portal, &operator, id).await.unwrap();
        // As an attempt leaves it that died after its first rows.
        let mut tx = portal.db.begin().await.unwrap();
        sql("UPDATE imports SET state = 'running', rows_done = 7, created = 7 WHERE id = $1")
            .bind(id)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        run(&portal).await;
        let import = find(&portal, &operator, id).await.unwrap();
        assert_eq!((import.state, import.rows_done), (ImportState::Succeeded, 50));
        assert_eq!(import.created, 50);
        let all = list(&portal, &ProductFilter::default(), Turn::First, 100)
            .await
            .unwrap();
        assert_eq!(all.rows.len(), 43);
    })
    .await;
}

#[tokio::test]
async fn a_preview_is_turned_page_by_page() {
    on_both(async |portal| {
        let operator = testing::operator(&portal);
        let id = checked(&portal, &operator, many().as_bytes()).await;
        let import = find(&portal, &operator, id).await.unwrap();
        let page = async |turn| {
            let preview = preview(&portal, &operator, &import, RowFilter::New, turn, 20).await;
            let rows = preview.unwrap().rows;
            let lines = (rows.rows[0].line, rows.rows[rows.rows.len() - 1].line);
            (lines, rows.has_previous, rows.has_next)
        };
        assert_eq!(page(Turn::First).await, ((2, 21), false, true));
        assert_eq!(page(Turn::After(21)).await, ((22, 41), true, true));
        assert_eq!(page(Turn::After(41)).await, ((42, 51), true, false));
        assert_eq!(page(Turn::Before(42)).await, ((22, 41), true, true));
        assert_eq!(page(Turn::Before(22)).await, ((2, 21), false, true));
    })
    .await;
}
