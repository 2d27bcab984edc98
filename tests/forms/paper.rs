//! PDFs read back by poppler and qpdf.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use invigil::forms::{Sheet, pdf};
use invigil::i18n::{Language, Texts};

use super::trial::{data, definition, with_sheet};
use super::{pages, pdf_text, said};

fn written(
    folder: &Path,
    name: &str,
    names: &[impl AsRef<str>],
    orientation: &str,
    language: Language,
) -> PathBuf {
    let bytes = with_sheet(names, orientation, language, |sheet| pdf::write(&sheet).unwrap());
    let file = folder.join(format!("{name}.pdf"));
    fs::write(&file, bytes).unwrap();
    said(Command::new("qpdf").arg("--check").arg(&file));
    file
}

#[test]
fn a_page_has_its_texts_its_fonts_and_a_code_that_leads_back_to_the_data() {
    let folder = tempfile::tempdir().unwrap();
    for (language, words) in [
        (
            Language::Ru,
            ["Пробная форма", "Фамилия, имя, отчество", "29.05.2026", "99,87", "пройдено", "Стр. 1 из 1"],
        ),
        (Language::En, ["Trial form", "Name", "2026-05-29", "99.87", "passed", "Page 1 of 1"]),
    ] {
        let name = format!("page-{}", language.tag());
        let file = written(folder.path(), &name, &["Орлов Пётр Андреевич"], "landscape", language);
        let text = pdf_text(&file);
        for word in words.iter().chain(&["Орлов Пётр", "Школа № 101", "Берёзкина А. С.", "08:12:03", "1000"])
        {
            assert!(text.contains(word), "{word}: {text}");
        }
        let info = said(Command::new("pdfinfo").arg(&file));
        assert!(info.contains("841.89 x 595.28 pts (A4)"), "{info}");
        assert!(
            fs::read(&file).unwrap().windows(30).any(|w| w == b"<pdfaid:part>2</pdfaid:part><p"),
            "PDF/A-2"
        );
        let fonts = said(Command::new("pdffonts").arg(&file));
        let listed: Vec<_> = fonts.lines().skip(2).collect();
        assert!(
            !listed.is_empty()
                && listed.iter().all(|font| font.contains("PTSans") && font.contains("yes yes")),
            "{fonts}"
        );
        let pages = pages(&file, folder.path());
        let hash = with_sheet(&["Орлов Пётр Андреевич"], "landscape", language, |sheet| {
            invigil::signing::Digest::of(&sheet.data.to_json()).to_string()
        });
        let code = format!(
            "form trial\nof 77-0101-2026-05-29-main\nrecords 4711\nhead K7QD-2M9X-RT4W-0FHE\nsha256 {hash}\n"
        );
        assert_eq!(pages[0].codes(), [code]);
        assert!(!pages[0].touches_edge(30), "inside what printers print");
    }
}

#[test]
fn an_empty_form_says_so_and_stands_upright() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "empty", &[""; 0], "portrait", Language::Ru);
    assert!(pdf_text(&file).contains("Записей нет"));
    assert!(said(Command::new("pdfinfo").arg(&file)).contains("595.28 x 841.89 pts (A4)"));
}

#[test]
fn names_of_any_length_and_script_stay_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "Преображенский-Воскресенский ".repeat(7),
        "Ы".repeat(200),
        "שלום Орлов עולם 12".to_owned(),
        "محمد بن سلمان".to_owned(),
        "Ольга 👩‍🎓 🎉 \u{202e}вонзиЛ\u{202c} \u{0} \u{feff}".to_owned(),
        "e\u{301}\u{302}\u{303}".repeat(40),
        "กขค ไทย 漢字".to_owned(),
        "слово ".repeat(3000),
    ];
    let file = written(folder.path(), "names", &names, "landscape", Language::Ru);
    let text = pdf_text(&file);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    assert_eq!(letters(&text).matches('Ы').count(), 200, "no letter is lost");
    assert_eq!(text.matches("слово").count(), 3000);
    assert!(text.contains("שלום") || text.contains("םולש"), "{text}");
    assert!(text.contains('👩'), "a box, with the character below it");
    let pages = pages(&file, folder.path());
    assert!(pages.len() > 2);
    assert!(pages.iter().all(|page| !page.touches_edge(30)));
    let headings = text.matches("Фамилия").count();
    assert_eq!(headings, pages.len(), "the header stands on every page");
    assert!(text.contains(&format!("Стр. {0} из {0}", pages.len())));
}

#[test]
fn a_signer_s_long_name_is_written_whole() {
    let (definition, texts) = (definition("portrait"), Texts::load(Language::Ru));
    let mut data = data(&["Орлов"]);
    data.set("head", "Преображенский-Воскресенский ".repeat(7));
    let sheet = Sheet::new(&definition, &data, &texts).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signer.pdf");
    fs::write(&file, pdf::write(&sheet).unwrap()).unwrap();
    let text = pdf_text(&file);
    assert_eq!(text.matches("Преображенский").count(), 7, "{text}");
    assert!(text.contains("Член ГЭК"), "{text}");
}

#[test]
fn ten_thousand_rows_are_written_and_none_is_lost() {
    let names: Vec<String> = (0..10_000).map(|at| format!("Участник-{at:05} Иванович")).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "many", &names, "landscape", Language::Ru);
    let text = pdf_text(&file);
    assert_eq!(text.matches("Участник-").count(), 10_000);
    assert!(text.contains("Участник-09999"));
    assert!(fs::metadata(&file).unwrap().len() < 8_000_000);
}

#[test]
fn what_an_archive_is_worth_stands_on_every_first_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("remark.pdf");
    let remark = "Проверка архива: TAMPERED — ".repeat(30);
    let bytes = with_sheet(&["Орлов"], "portrait", Language::Ru, |sheet| {
        pdf::write(&sheet.with_remark(Some(remark))).unwrap()
    });
    fs::write(&file, bytes).unwrap();
    said(Command::new("qpdf").arg("--check").arg(&file));
    assert_eq!(pdf_text(&file).matches("TAMPERED").count(), 30);
    let pages = pages(&file, folder.path());
    assert_eq!(pages[0].codes().len(), 1, "nothing is drawn over the code");
    assert!(!pages[0].touches_edge(30));
}

#[test]
fn the_same_data_makes_the_same_file() {
    let make =
        || with_sheet(&["Орлов", "🎓"], "portrait", Language::En, |sheet| pdf::write(&sheet).unwrap());
    assert!(make() == make());
}
