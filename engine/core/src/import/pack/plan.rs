//! `rules/plan.toml` of a pack that is brought in.

use super::{Facts, Frame, line, quoted, words};
use crate::diagnostic::Language;
use crate::import::proposal::Field;
use crate::text;

pub(super) fn text(plan: &Facts<'_>, frame: &Frame, language: Language) -> String {
    let mut out = text!(
        "#:schema ../schemas/plan.json\n\
         # 計画の骨組み: 名称、年度、取組戦略、評価の区分。指標は <id>.toml（個票）と <id>.rhai（ルール）にあります。\n\n",
        "#:schema ../schemas/plan.json\n\
         # The plan's frame: title, years, strategies, grades. Each indicator has <id>.toml (sheet) and <id>.rhai (rule).\n\n"
    )
    .get(language)
    .to_owned();
    words(&mut out, "title", plan.value(Field::PlanTitle));
    words(&mut out, "organisation", plan.value(Field::Organisation));
    line(&mut out, "language", &quoted(language.tag()));
    words(&mut out, "edition", plan.value(Field::Edition));
    let year = |field: Field| quoted(plan.value(field).unwrap_or_default());
    line(&mut out, "years", &format!("[{}, {}]", year(Field::FirstYear), year(Field::LastYear)));
    if let Some(until) = frame.until {
        line(&mut out, "actuals_until", &quoted(&until.write(frame.style)));
    }
    for row in plan.of(Field::Strategy) {
        out += "\n[[strategy]]\n";
        line(&mut out, "key", &quoted(&row.key));
        line(&mut out, "title", &quoted(&row.value));
    }
    out += text!(
        "\n# 評価の区分は仮のものです。from は達成率の下限。自分の団体の区分に直してください。\n\
         [[grade]]\nkey = \"A\"\nfrom = 1.0\nmark = \"◎\"\nword = \"達成\"\n\n\
         [[grade]]\nkey = \"B\"\nfrom = 0.8\nmark = \"○\"\nword = \"おおむね達成\"\n\n\
         [[grade]]\nkey = \"C\"\nmark = \"△\"\nword = \"遅れ\"\n",
        "\n# These grades stand in for your own; `from` is the least achievement.\n\
         [[grade]]\nkey = \"A\"\nfrom = 1.0\nmark = \"◎\"\nword = \"met\"\n\n\
         [[grade]]\nkey = \"B\"\nfrom = 0.8\nmark = \"○\"\nword = \"nearly met\"\n\n\
         [[grade]]\nkey = \"C\"\nmark = \"△\"\nword = \"behind\"\n"
    )
    .get(language);
    out
}
