// Every word of the page, Japanese and English side by side. `{name}` is put in by `t`.

const WORDS = {
  app: ["見通し", "Mitoshi"], skip: ["本文へ移動", "Skip to the content"], loading: ["読み込んでいます…", "Loading…"],
  views: ["画面", "Views"], outlook: ["見通し", "Outlook"], indicator: ["指標", "Indicator"], compare: ["比較", "Compare"],
  network: ["つながり", "Connections"], rules: ["ルール", "Rules"], cycle: ["年次", "Yearly cycle"], reports: ["報告", "Reports"], save: ["保存", "Save"],
  scenario: ["シナリオ", "Scenario"], other_language: ["English", "日本語"], undo: ["元に戻す", "Undo"], redo: ["やり直す", "Redo"],
  undone: ["元に戻しました。", "Undone."], redone: ["やり直しました。", "Redone."], reset_all: ["すべて取り消す", "Take back all"],
  changed_count: ["変更 {n}件", "{n} changes"], read_only: ["閲覧のみ（保存できません）", "read only (nothing can be saved)"],
  edition: ["{organisation}・{edition}・実績は{year}まで", "{organisation}, {edition}, actuals until {year}"],
  no_answer: ["サーバーから答えがありませんでした。", "There was no answer from the server."],
  away: ["サーバーにつながりません。", "The server cannot be reached."],
  away_hint: ["mitoshi serve が動いているか確かめてください。終わっていたら、もう一度実行してください。", "See whether mitoshi serve is still running; if not, start it again."],
  broken: ["ファイルに誤りがあります。表示しているのは、最後に読めたときの数値です。", "The files have errors. What you see are the last good numbers."],
  broken_first: ["ファイルに誤りがあり、まだ一度も計算できていません。", "The files have errors; nothing could be computed yet."],
  problem: ["問題があります", "There is a problem"], warnings: ["注意 {n}件", "{n} warnings"], close: ["閉じる", "Close"], hint: ["対処", "What to do"],
  error: ["誤り", "error"], warning: ["注意", "warning"], finding: ["所見", "finding"], note: ["参考", "note"],
  unknown_scenario: ["シナリオ「{name}」は、この計画にはありません。すう勢を表示します。", "This plan has no scenario `{name}`; the baseline is shown."],
  reloaded: ["ファイルが変わったので、読み直しました。", "The files changed; read again."],

  outlook_title: ["全指標の見通し", "Outlook of all indicators"], no: ["No.", "No."], outcome_actual: ["{year}実績", "{year} actual"],
  outcome_projected: ["{year}見込み", "{year} outlook"], target: ["{year}目標", "{year} target"], grade: ["{year}評価", "{year} grade"],
  chance: ["達成の確率", "Chance"], filter: ["表示", "Show"], all: ["すべての指標", "All indicators"],
  unmet: ["{year}に未達の指標", "Missing the {year} target"], moved: ["変わった指標", "Those that changed"], group: ["まとめ方", "Group by"],
  group_none: ["まとめない", "No groups"], group_strategy: ["戦略", "Strategy"], group_department: ["所管課", "Department"], sort: ["並べ方", "Sort by"],
  sort_no: ["番号順", "Number"], sort_slack: ["達成率の低い順", "Lowest achievement"], sort_chance: ["届く見込みの低い順", "Lowest chance"],
  sort_change: ["変化の大きい順", "Largest change"], beside: ["比べる相手", "Compare with"], beside_auto: ["変更前", "Before the changes"],
  legend: ["下段は「{title}」の値と、そこからの差です。", "Second line: the value in “{title}” and the difference from it."],
  legend_marks: ["見込みと評価は前提どおりに進んだ場合、確率は前提のばらつきも考えた場合です。ばらつきを考えると、見込みが届いていても確率が半分より低いことがあります。", "Outlook and grade hold if everything goes as assumed; the chance takes the spread of the assumptions into account, so it can be low although the outlook meets the target."], legend_signs: ["*は固定した値、#は見込み年度の実績、~は速報値、^は個票と異なる目標です。", "* fixed, # an actual in a projected year, ~ provisional, ^ not the sheet's target."],
  was: ["{value}", "{value}"], was_unseen: ["比べる相手では", "compared with"], none: ["当てはまる指標はありません。", "There is no such indicator."],
  absent: ["－", "–"], certain: ["ばらつきの記載なし", "no spread given"], sure_met: ["届く", "met"], sure_missed: ["届かない", "missed"], not_evaluable: ["評価できません", "cannot be evaluated"],
  joint: ["{year}に目標を達成するのは、{evaluable}指標のうち{met}（期待値 {expected}）。", "In {year}, {met} of {evaluable} indicators meet their targets (expected: {expected})."],
  said: ["{year}の目標達成は{evaluable}のうち{met}。値が変わった指標は{moved}。", "{year}: {met} of {evaluable} targets met; {moved} indicators changed."],

  premises: ["前提", "Assumptions"], premises_title: ["前提を動かす", "Move an assumption"], search: ["前提をさがす", "Find an assumption"],
  which: ["表示する前提", "Assumptions shown"], which_main: ["主な前提", "The main ones"], which_all: ["すべて", "All"], which_of: ["No.{no}に効くもの", "Those of No.{no}"],
  by_year: ["年度ごとに動かす", "By year"], all_years: ["全年度", "All"], all_years_of: ["見込み年度すべて", "every projected year"], reset: ["戻す", "Reset"], range: ["範囲 {low}〜{high}{unit}", "range {low} to {high} {unit}"],
  value_in: ["{name} {year}の値", "{name}, value of {year}"], slider_in: ["{name} {year}をスライダーで動かす", "{name}, {year}, slider"],
  evidence_plan: ["計画", "plan"], evidence_identity: ["恒等式", "identity"], evidence_assumption: ["前提", "assumption"],
  shared: ["計画全体の前提", "Assumptions of the whole plan"], no_premises: ["当てはまる前提はありません。", "There is no such assumption."],
  changed_premises: ["変更した前提", "Changed"], not_a_number: ["数として読めません。この欄の値は使っていません。", "Not a number: what stands here is not used."], outside: ["範囲（{low}〜{high}{unit}）の外です。", "Outside the range ({low} to {high} {unit})."],
  by_scenario: ["シナリオの値", "set by the scenario"], nothing_changed: ["まだ何も変更していません。スライダーを動かすと、すぐに見通しへ反映します。", "Nothing is changed yet. Move a slider and the outlook follows."],
  pin: ["値の固定", "Fixed"],

  choose_indicator: ["指標を選ぶ", "Choose an indicator"], trend: ["推移", "Trend"], why: ["{year}の値の理由", "Why this number in {year}"], year: ["年度", "Year"],
  in_numbers: ["図を数値で見る", "The figure in numbers"], formula: ["計算", "Calculation"], inputs: ["計算に使った値", "What it was computed from"],
  name: ["名前", "Name"], what: ["内容", "What it is"], value: ["値", "Value"], origin: ["出どころ", "Where from"], basis: ["根拠", "Basis"],
  upstream: ["さかのぼる", "Further back"], rule_text: ["ルール", "Rule"], sheet_text: ["個票", "Sheet"], notes: ["備考", "Notes"], questions: ["未解決の問い", "Open questions"],
  revisions: ["目標の見直し案（{year}の点検）", "Proposed revisions of targets (review of {year})"], now: ["現行", "Now"], proposed: ["案", "Proposed"], reason: ["理由", "Reason"],
  narrative: ["取組の記録", "What was done"], done: ["実施したこと", "Done"], next: ["次にすること", "Next"], department: ["所管課", "Department"], strategy: ["戦略", "Strategy"],
  limit: ["図は作れません（数値が2つ未満です）。", "No figure: fewer than two numbers."], move_its: ["この指標の前提を動かす", "Move its assumptions"],
  edit_rule: ["ルールを編集する", "Edit the rule"], reads: ["もとになる指標", "Reads"], read_by: ["この指標を使う指標", "Read by"], no_revision: ["見直し案はありません。", "No revision is proposed."],

  chance_said: ["{year}の目標に届く確率は{chance}（{words}）です。", "The chance of meeting the {year} target is {chance} ({words})."], target_row: ["目標", "Target"], grade_row: ["評価", "Grade"], go_to: ["→ No.{no}の指標へ", "→ indicator No. {no}"], one_back: ["一つ戻る", "One back"], unit: ["単位", "Unit"],

  save_title: ["シナリオとして保存", "Save as a scenario"], save_these: ["保存…", "Save…"], save_as: ["保存先", "Save as"], save_new: ["新しいシナリオ", "A new scenario"],
  save_over: ["「{title}」に書き加える", "Put into “{title}”"], file_name: ["ファイル名（英小文字・数字・_）", "File name (a–z, 0–9, _)"], title: ["題名", "Title"], memo: ["説明", "Note"],
  will_write: ["書き込む内容（{path}）", "What will be written ({path})"], will_put: ["{path} の次の行だけを書きかえます。ほかの行と注釈はそのままです。", "Only these lines of {path} change; other lines and comments stay."],
  do_save: ["この内容で保存する", "Save this"], saved: ["{path} に保存しました。", "Saved: {path}"], nothing_to_save: ["保存する変更がありません。「見通し」で前提を動かしてください。", "There is nothing to save. Move an assumption in “Outlook” first."],
  conflict: ["保存していません。ほかの人が先に書きかえました。", "Not saved: somebody else changed the file meanwhile."], theirs: ["いまのファイル", "The file as it is now"],
  over_theirs: ["いまのファイルに、自分の変更を書き加える", "Put my changes into the file as it is now"], cannot_save: ["閲覧のみで起動しているため、保存できません。", "Started as read only: nothing can be saved."],
  bad_name: ["英小文字で始め、英小文字、数字、_ だけで書いてください。", "Begin with a letter a–z; then letters, digits and _ only."], taken: ["同じ名前のシナリオがあります。", "There is a scenario of this name."],
  open_saved: ["保存したシナリオを開く", "Open the saved scenario"], file_now: ["保存したファイル", "The file"],

  reports_title: ["報告を作る", "Make a report"], report: ["報告", "Report"], preview: ["下に表示する", "Show below"], download_as: ["{format}で保存", "Download {format}"],
  beside_scenarios: ["並べるシナリオ", "Scenarios beside it"], of_moment: ["いまの変更", "the changes of the moment"], made: ["表示しました。", "Shown below."], downloaded: ["{name} を保存しました。", "Downloaded {name}."],
  about_moment: ["いま選んでいるシナリオと変更で作ります。", "Made with the scenario and the changes of the moment."],

  compare_title: ["シナリオを並べる", "Scenarios side by side"], base: ["基準", "Base"], choose_scenarios: ["並べるシナリオを選んでください。", "Choose scenarios to put beside it."],
  differences: ["変えた前提", "What is assumed differently"], results: ["{year}の見込みと差（差の大きい順）", "{year}: outlook and difference (largest first)"], unchanged: ["ほかの{n}指標は変わりません。", "The other {n} indicators do not change."],
  comparison_xlsx: ["比較を{format}で保存", "Download the comparison as {format}"], edited: ["{title}＋変更", "{title} + changes"],
  tornado: ["何が効くか", "What matters most"], tornado_about: ["前提を一つずつ範囲の端まで動かしたときの、{year}の値です。", "The value in {year} with each assumption moved to the ends of its range, one at a time."], show: ["計算する", "Compute"],
  seek_title: ["{year}の目標に届くには", "What it takes to reach the target in {year}"], seek_by: ["動かす前提", "Assumption to move"], lever: ["個票で決めた前提（{name}）", "The sheet's lever ({name})"], sure: ["確かさ", "How sure"], sure_no: ["見込みの値が届けばよい", "the outlook reaches it"], sure_p: ["{n}%の確率で届く", "with a chance of {n}%"],
  seek: ["さがす", "Seek"], accept: ["この値を前提に入れる", "Use these values"], accepted: ["前提に入れました。上の比較にも反映しました。", "Put into the assumptions; the comparison above follows."], already: ["いまの前提で、もう届いています。", "It is reached already."],
  goal: ["指標", "Indicator"], reached: ["届きます。", "It is reached."], best: ["範囲の中では届きません。届く見込みが最も高いのは次の値です。", "Not reached within the range; this comes closest."], no_effect: ["この前提は効きません。", "This assumption has no effect."], no_target: ["目標のある指標がありません。", "No indicator has a target."], seek_not: ["評価できません。", "It cannot be evaluated."],
  result: ["結果", "Result"],

  network_title: ["指標どうしのつながり", "How indicators depend on each other"], network_of: ["注目する指標", "Indicator"], whole: ["全体", "All"], from: ["もと", "From"], to: ["さき", "To"],
  lags: ["年のずれ", "Years later"], elasticity: ["弾力性", "Elasticity"], evidence: ["根拠の種類", "Evidence"], loops: ["一周するつながり", "Circles"], years_later: ["{n}年後", "{n} later"], same_year: ["同じ年", "same year"],

  network_about: ["影響は左から右へ伝わります。指標を押すと、それに影響する指標と、それから影響を受ける指標だけが濃く残ります。もう一度押すと、その指標を開きます。", "Effects run from left to right. Press an indicator: what has an influence on it, and what it has an influence on, stays; the rest fades. Press it again to open it."],
  network_said: ["{name}を選びました。影響する指標{before}、影響を受ける指標{after}。もう一度押すと指標を開きます。", "{name}: {before} before it, {after} after it. Press again to open it."], network_none: ["選択をやめました。", "Nothing is chosen."],
  network_clear: ["選択をやめる", "Clear"], open_indicator: ["No.{no}の指標を開く", "Open indicator No. {no}"], width_about: ["線の太さ（弾力性）", "Width of a line (elasticity)"], or_more: ["{value}以上", "{value} or more"], links_title: ["つながりの一覧", "All links"],
  upstream_of: ["この指標に影響する指標", "What has an influence on it"], downstream_of: ["この指標から影響を受ける指標", "What it has an influence on"], nothing: ["ありません。", "Nothing."],
  elasticity_about: ["弾力性は、もとが1%増えたときに、さきが何%変わるかです（{year}）。", "Elasticity: by how many per cent the second changes if the first grows by 1 % ({year})."],

  rules_title: ["ルールと個票を書きかえる", "Edit rules and sheets"], text_kind: ["種類", "Kind"], kind_rule: ["ルール（計算）", "Rule (calculation)"], kind_sheet: ["個票（数値と言葉）", "Sheet (numbers and words)"],
  text_of: ["{path} の本文", "Text of {path}"], checked: ["誤りはありません。", "No errors."], effect: ["保存したときの見通しの変化", "What saving would change"], no_effect_yet: ["見通しは変わりません。", "The outlook does not change."],
  save_text: ["保存する", "Save"], back: ["ファイルの内容に戻す", "Back to the file"], at_line: ["{line}行目{column}文字目", "line {line}, column {column}"], unsaved: ["保存していない変更があります。", "There are unsaved changes."],
  from_to: ["{from} から {to}", "{from} to {to}"], over_mine: ["自分の本文で上書きする", "Overwrite with my text"], take_theirs: ["いまのファイルを読み込む", "Load the file as it is now"], same_as_file: ["ファイルと同じです。", "Same as the file."],

  begin_heading: ["新しい指標を作る", "A new indicator"], begin_what: ["何の指標か", "What it is"], begin_how: ["測り方", "How it is measured"], begin_numbers: ["目標と実績", "Targets and actuals"],
  begin_id: ["ID（ファイルとルールで使う名前）", "Id (name of the files, and in rules)"], begin_id_hint: ["英小文字で始め、英小文字、数字、_ で書きます。例: library_visits", "Letters a–z, digits and _. For example library_visits"],
  begin_title: ["取組項目", "Measure"], begin_indicator: ["指標の名称", "Name of the indicator"], begin_indicator_hint: ["空けておくと、取組項目と同じになります。", "Left empty: as the measure."], begin_none: ["決めない", "none"],
  begin_kind: ["種類", "Kind"], kind_of_cumulative: ["累計（毎年積み上がる）", "cumulative (adds up year by year)"], kind_of_annual: ["単年度（その年だけの値）", "annual (of the year alone)"], kind_of_level: ["残高・水準（年度末の値）", "level (at the end of the year)"],
  kind_of_rate: ["率（％など）", "rate (such as %)"], kind_of_milestone: ["実施の有無", "milestone (done or not)"], begin_better: ["良い向き", "What is good"], better_higher: ["多いほど良い", "more is better"], better_lower: ["少ないほど良い", "less is better"],
  better_within: ["決めた値以内なら良い", "within a bound"], begin_decimals: ["表示する小数の桁数", "Decimals shown"], baseline_year: ["基準値の年度", "Year of the baseline"], baseline_value: ["基準値", "Baseline"], begin_actuals: ["実績", "Actuals"], begin_targets: ["目標", "Targets"],
  begin_numbers_hint: ["ない値は空けておきます（0とは書きません）。前提と計算式は、作ったあとに個票とルールに書きます。", "Leave empty what is absent; it is not 0. Assumptions and the calculation are written into sheet and rule afterwards."],
  begin_go: ["この2つのファイルを作る", "Create these two files"], begin_stop: ["やめる", "Leave"], begin_files: ["作られるファイル", "The files"], begin_no_files: ["IDを書くと、ここに個票とルールが表示されます。", "Type an id, and sheet and rule are shown here."],
  begin_ready: ["このまま作れます。", "This can be created."], begun: ["{path} を作りました。", "Created {path}."],
  begun_next: ["次に、ルールの計算式と、個票の前提（値と根拠）を書いてください。", "Next, write the rule's calculation, and the assumption with its basis in the sheet."],

  decision_reason: ["決定の理由", "Reason of the decision"], cycle_title: ["年次の進み具合", "The yearly cycle"], cycle_of: ["{year}（{edition}）", "{year} ({edition})"], stage: ["段階", "Stage"], stage_on: ["済んだ日", "Done on"], stage_next: ["次にすること", "next"], stage_open: ["まだ", "not yet"],
  stage_request: ["1 照会", "1 Request"], stage_record: ["2 実績の記録", "2 Record"], stage_close: ["3 年度の締め", "3 Close"], stage_adopt: ["4 見直しの採択", "4 Review and adopt"], stage_publish: ["5 見通しの公表", "5 Publish"],
  missing: ["まだない実績", "Figures still missing"], record: ["実績を記録する", "Record an actual"], typed: ["値（書かれているとおりに）", "Value (as written)"], source: ["出典", "Source"], by: ["記録する人", "Recorded by"],
  do_record: ["記録する", "Record"], recorded: ["記録しました。", "Recorded."], confirm: ["確かめました。このまま記録する", "Checked: record it as it is"], provisional: ["速報値", "Provisional"], reason_closed: ["理由（締めた年度を直すとき）", "Reason (for a closed year)"],
  review: ["{year}の点検による見直し案", "Revisions proposed by the review of {year}"], verdict: ["決定", "Decision"], leave: ["決めない", "not decided"], adopt: ["採用（案のとおり）", "adopt"], change: ["修正（別の値）", "change"], reject: ["不採用（いまのまま）", "reject"], keep: ["据置（案も据え置き）", "keep"], edition_new: ["新しい版の名前（必要なとき）", "Name of a new edition (if needed)"], do_adopt: ["決定を記録する", "Record the decisions"], none_decided: ["決定を選んでください。", "Choose a decision first."], history: ["履歴", "History"], no_changes: ["目標を変える案はありません（据え置きの案が{n}件）。", "No target is to be changed ({n} are to be kept)."], show_kept: ["据え置きの案（{n}件）も表示する", "Show the {n} that are to be kept, too"], decided_value: ["決定値", "Decided value"], decided_by: ["決定者", "Decided by"], edition_needed: ["新しい版の名前（いまの版は封印されています）", "Name of a new edition (today's is sealed)"],
  stage_how: ["進め方", "How"], stage_below: ["この画面の下で行う", "below on this page"], folder_request: ["照会", "forms"], folder_publish: ["公表", "public"], all_closed: ["計画のすべての年度を締めました。次の計画は、次のコマンドで用意します。", "Every year of the plan is closed. Prepare the next plan with:"],
  is_absent: ["実績がない", "There is none"], why_absent: ["実績がない理由", "Why there is none"], say_why_absent: ["実績がない理由を書いてください。", "Say why there is none."], recorded_already: ["個票にはすでにそう書いてあります。", "The sheet says so already."],
  close_title: ["{year}を締める", "Close {year}"], close_missing: ["まだない実績が{n}件あるため、締められません。記録するか、実績がないことを理由とともに記録してください。", "{n} figures are missing: record them, or record with the reason that there is none."],
  do_close: ["{year}を締める", "Close {year}"], close_sure: ["{year}を締めると、見通しは翌年度からになります。締めたあとの訂正は、理由を書いて記録し直します。", "When {year} is closed, the outlook begins with the next year; later corrections need a reason."],
  close_provisional: ["速報値のまま締めることになるもの: {names}", "Closed while provisional: {names}"], closed: ["{year}を締めました。", "{year} is closed."],
  day: ["日付", "Day"], take_back: ["取り消す", "Take back"], taken_back: ["履歴{no}番の記録を取り消しました。履歴には、記録と取消しの両方が残ります。", "Entry {no} is taken back. The history keeps both."], what_done: ["したこと", "What was done"], changed_facts: ["変わったこと", "What changed"], who_why: ["記録者・理由", "Who, why"], and_more: ["ほか{n}件", "and {n} more"], in_brackets: ["（{words}）", " ({words})"],
};

let language = 0;

/** Chooses the language of the words: `ja` or `en`. */
export function choose(name) {
  language = name === "en" ? 1 : 0;
  document.documentElement.lang = name === "en" ? "en" : "ja";
}

export const chosen = () => (language === 1 ? "en" : "ja");

/** The words, with numbers and names put in. */
export function t(key, given = {}) {
  const words = WORDS[key];
  if (!words) throw new Error(`no words for ${key}`);
  return words[language].replace(/\{(\w+)\}/g, (whole, name) => (name in given ? String(given[name]) : whole));
}
