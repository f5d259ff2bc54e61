//! The registry of diagnostic codes. A code, once published, keeps its meaning for ever.
//!
//! Hundreds: 1 files, 2 plan and sheets, 3 rules, 4 graph, 5 scenarios, 6 running, 7 analyses, 8 tests, 9 the
//! plan itself (from 931 its yearly cycle). Adding one is one line here and one case in `tests/cases` (a test asks for it).

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack, or the cell concerned, cannot be evaluated.
    Error,
    /// Evaluated all the same, but probably not what was meant.
    Warning,
    /// Nothing is wrong with the files: the plan itself says something that should be asked about.
    Finding,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal $severity:ident;)*) => {
        /// A stable identifier of one kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The identifier as printed, such as `M301`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// True for the problems of running rules (hundred 6).
            pub fn is_of_a_run(self) -> bool {
                self.id().starts_with("M6")
            }

            /// Error, warning or finding.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The bytes are not UTF-8 (Shift_JIS, UTF-16 or something else).
    NotUtf8 = "M101" Error;
    /// The file is empty.
    EmptyFile = "M102" Error;
    /// The file is larger than the limit for its kind.
    TooLarge = "M103" Error;
    /// The file is a link; a pack's files must lie in the pack.
    Link = "M104" Error;
    /// The system refused to read the file.
    Unreadable = "M105" Error;
    /// Not TOML.
    TomlSyntax = "M106" Error;
    /// A character that cannot be seen or changes how text is read (control, bidi, zero-width).
    HiddenCharacter = "M107" Error;
    /// Text that is not in Unicode's composed form (NFC), so that equal looking names differ.
    NotComposed = "M108" Error;
    /// A file that is needed is not there: `plan.toml`, a rule's sheet, a sheet's rule.
    MissingFile = "M109" Error;
    /// A path that leads out of the pack, or is absolute.
    OutsidePack = "M110" Error;
    /// A file that nothing reads.
    UnusedFile = "M111" Warning;

    /// A key that the format does not have.
    UnknownKey = "M201" Error;
    /// A value of the wrong type or form.
    WrongType = "M202" Error;
    /// A key that must be there is not.
    MissingKey = "M203" Error;
    /// Not a fiscal year.
    BadYear = "M204" Error;
    /// A fiscal year outside the plan.
    YearOutsidePlan = "M205" Error;
    /// An indicator's id or a quantity's name that is not allowed.
    BadName = "M206" Error;
    /// Two sheets with one number, or two names that are equal.
    Duplicate = "M207" Error;
    /// A number that is not finite (`inf`, `nan`).
    NotFinite = "M208" Error;
    /// A word that is none of the words allowed there.
    UnknownWord = "M209" Error;
    /// A reference to something that the pack does not define.
    UnknownReference = "M210" Error;
    /// A spread whose parameters are impossible.
    BadSpread = "M211" Error;
    /// Numbers that contradict each other, such as a range whose ends are swapped.
    Contradiction = "M212" Error;
    /// A value by year that leaves out a projected year.
    YearMissing = "M213" Error;
    /// A correlation that names no uncertain assumption, or a set that no distribution can have.
    BadCorrelation = "M214" Error;
    /// A value outside the range that its own sheet gives.
    OutsideOwnRange = "M215" Warning;
    /// A spread whose draws keep away from the value they are around.
    SpreadMissesValue = "M216" Warning;

    /// Rhai cannot read the rule.
    RuleSyntax = "M301" Error;
    /// A construct that the rule language refuses.
    Refused = "M302" Error;
    /// A parameter that names nothing the rule may read.
    UnknownParameter = "M303" Error;
    /// A parameter with two readings.
    AmbiguousParameter = "M304" Error;
    /// A parameter that exists, but not in this function.
    ParameterNotHere = "M305" Error;
    /// A division in which both sides can be integers.
    IntegerDivision = "M306" Error;
    /// A function that nothing calls.
    UncalledFunction = "M307" Error;
    /// A second function of one name, or a name that is taken.
    DuplicateFunction = "M308" Error;
    /// A function that must be there is not.
    MissingFunction = "M309" Error;
    /// A call of a function that does not exist, or with another number of arguments.
    UnknownFunction = "M310" Error;
    /// A rule larger or deeper than the limits.
    RuleTooLarge = "M311" Error;
    /// A projection that reads its own target or goal.
    ReadsOwnTarget = "M312" Error;
    /// A function that can end without a number.
    NoNumber = "M313" Error;
    /// A name in the body that is not a parameter or a `let`.
    UnknownVariable = "M314" Error;
    /// A loop whose range is not two whole numbers, or is too long.
    LoopRange = "M315" Error;
    /// A function that calls itself, directly or through others.
    Recursion = "M316" Error;

    /// Quantities of one year that depend on each other in a circle.
    Cycle = "M401" Error;

    /// An override of something that does not exist.
    UnknownOverride = "M501" Error;
    /// Two parents set one value differently.
    ParentsDisagree = "M502" Error;
    /// `extends` names no scenario.
    UnknownScenario = "M503" Error;
    /// Scenarios that extend each other in a circle.
    ExtendsCycle = "M504" Error;
    /// An override equal to what it would have inherited, or hidden by an actual.
    NoEffect = "M505" Warning;
    /// An override outside the assumption's range.
    OutsideRange = "M506" Warning;
    /// An override of a plan year that is closed.
    ClosedYear = "M507" Warning;
    /// A `--set` that cannot be read.
    BadSetting = "M508" Error;

    /// A rule failed while running.
    RuleFailed = "M601" Error;
    /// A rule gave no finite number.
    NotANumber = "M602" Error;
    /// An input that a projection needs is absent.
    InputAbsent = "M603" Error;
    /// A rule ran longer than the limit.
    RanTooLong = "M604" Error;
    /// An outcome outside the bounds its sheet gives.
    LeftBounds = "M605" Warning;

    /// Draws of a simulation in which a rule failed.
    DrawsFailed = "M701" Error;
    /// A simulation of a scenario in which nothing is uncertain.
    NothingUncertain = "M702" Warning;

    /// An address that names no quantity, or none that can be asked for there.
    UnknownAddress = "M711" Error;
    /// Values of a sweep that cannot be read, or that make no grid: a step of zero, swapped ends, too many points.
    BadGrid = "M712" Error;
    /// An analysis with nothing to vary.
    NothingToVary = "M713" Error;
    /// A table of inputs that is not well formed: quotes left open, nothing in it, too many rows.
    BadTable = "M714" Error;
    /// A column of a table of inputs that names no assumption, or names one a second time.
    UnknownColumn = "M715" Error;
    /// A cell of a table of inputs that is missing, or one too many.
    CellMissing = "M716" Error;
    /// A cell of a table of inputs that is not a finite number.
    CellNotANumber = "M717" Error;

    /// A goal that cannot be read, or that cannot be one.
    BadGoal = "M721" Error;
    /// A lever that is no assumption, has a year, or is named twice.
    BadLever = "M722" Error;
    /// A lever without a range, and no bounds given.
    NoBounds = "M723" Error;
    /// Bounds of a lever that cannot be read, or that no change keeps.
    BadBounds = "M724" Error;
    /// A backtest in which no actual is hidden.
    NothingHidden = "M725" Error;

    /// A rule function that is walked where all must be lowered.
    NotLowered = "M731" Error;

    /// A selection of indicators that cannot be read, or names nothing.
    UnknownSelector = "M741" Error;
    /// A selection that leaves no indicator.
    NothingSelected = "M742" Warning;

    /// Two runs without a difference.
    NothingDiffers = "M751" Warning;
    /// A difference that cannot be shared out: with only some of the changes made there is no number.
    NotAttributed = "M752" Warning;
    /// Two packs that cannot be compared: no year or indicator in common, or rules that do not fit each other.
    NothingComparable = "M753" Error;

    /// A worked example whose rule function returns something else.
    ExampleFailed = "M801" Error;
    /// An invariant of the plan that does not hold in some run.
    InvariantBroken = "M802" Error;
    /// An invariant whose quantity cannot be computed in some run.
    InvariantFailed = "M803" Error;
    /// An invariant whose quantity has no number in any run.
    InvariantUnseen = "M804" Error;

    /// A snapshot's file that cannot be read: its head is broken or says no command.
    BadSnapshot = "M811" Error;
    /// A snapshot's command that cannot be run as one: unknown, wrong, or writing files.
    BadSnapshotCommand = "M812" Error;
    /// What a snapshot's command prints is not what was accepted.
    SnapshotChanged = "M813" Error;
    /// A `.snap.new` of something that prints what was accepted again, or whose snapshot is gone.
    StaleSnapshot = "M814" Warning;
    /// A `.snap.new` that is not what the command prints by now.
    SnapshotMovedOn = "M815" Error;
    /// A snapshot's command that ended with an error.
    SnapshotFailed = "M816" Error;
    /// A snapshot that does not exist.
    UnknownSnapshot = "M817" Error;

    /// Numbers in different units that are added, compared or chosen between.
    UnitsDiffer = "M851" Warning;
    /// Numbers that measure the same on scales a power of ten apart.
    ScalesDiffer = "M852" Warning;
    /// A rule function whose result is in another unit than the sheet says.
    UnitOfResult = "M853" Warning;
    /// A number with a unit where only a ratio has a meaning: an exponent, `exp`, `ln`.
    UnitInFunction = "M854" Warning;
    /// A unit that cannot be read.
    UnitUnreadable = "M855" Warning;
    /// A start taken from an assumption of another unit.
    UnitOfStart = "M856" Warning;

    /// A name that is no grading method of the pack.
    UnknownMethod = "M861" Error;
    /// A pack whose library has no function that could be an achievement.
    NoMethods = "M862" Warning;
    /// A grading method that stopped, or gave no finite number, where it was tried.
    MethodFailed = "M863" Warning;

    /// A template of a report that cannot be used.
    BadTemplate = "M871" Error;
    /// A template that no report uses.
    UnusedTemplate = "M872" Warning;
    /// A report with a character that the encoding does not have, or that no workbook can hold.
    Unencodable = "M873" Error;

    /// A target that repeats the year before and moves on later.
    RepeatedTarget = "M901" Finding;
    /// A target worse than that of the year before.
    TargetGoesBack = "M902" Finding;
    /// A yearly step of the targets far larger than any before it.
    TargetJump = "M903" Finding;
    /// A last year that must bring much of the whole way, more than any year so far.
    LateBurden = "M904" Finding;
    /// Years without a target in numbers.
    YearsWithoutTarget = "M905" Finding;
    /// A goal that is worse than the baseline.
    GoalBehindBaseline = "M906" Finding;
    /// An improvement that nothing, or a zero, stands at the beginning of.
    NoBaseline = "M907" Finding;
    /// A target that what is reached already exceeds, or a ceiling far above it.
    AlreadyReached = "M908" Finding;
    /// A limit that differs from the last target.
    LimitDiffers = "M909" Finding;
    /// A goal that differs from the last target.
    GoalDiffers = "M910" Finding;
    /// A rate that one person or case moves by more than a point.
    SmallDenominator = "M911" Finding;
    /// A year that is over and has no actual.
    ClosedYearWithoutActual = "M912" Finding;
    /// An indicator named as a rate and counted in something else.
    NameAndUnit = "M913" Finding;
    /// Two measures that may claim one effect.
    SameEffect = "M914" Finding;
    /// An indicator that no rule reads and that reads no other.
    Unconnected = "M915" Finding;
    /// An assumption without a basis.
    NoBasis = "M916" Finding;
    /// An answer to a finding that is not there.
    AnswerToNothing = "M930" Warning;

    /// An effect of a cause in a year without an actual.
    EffectWithoutActual = "M931" Warning;
    /// An effect of a cause without a basis.
    EffectWithoutBasis = "M932" Warning;
    /// An effect of a cause without which the actual is outside its sheet's bounds.
    EffectBeyondBounds = "M933" Warning;
    /// An opinion that is said to be reflected in an edition that the history does not have.
    UnknownEdition = "M934" Warning;

    /// A line of the history that cannot be read.
    HistoryUnreadable = "M941" Error;
    /// A line of the history that was altered after it had been written.
    HistoryAltered = "M942" Error;
    /// Lines of the history that were exchanged or are missing.
    HistoryInterrupted = "M943" Error;
    /// A fact that the files state and the history does not.
    UnrecordedChange = "M944" Error;
    /// An entry of the history that contradicts those before it, or changes a sealed edition.
    EntryContradicts = "M945" Error;
    /// A new actual that its sheet's bounds, unit or labels rule out.
    ImpossibleActual = "M946" Error;
    /// A new actual that is possible, but looks like a slip.
    DoubtfulActual = "M947" Warning;
    /// A decision on a revision that cannot be carried out.
    BadDecision = "M948" Error;
    /// A year that cannot be closed yet.
    NotClosable = "M949" Error;
    /// A plan from which the next one cannot be prepared yet, or not up to that year.
    NotRollable = "M950" Error;

    /// A file of answers that cannot be read as a workbook or a table.
    AnswerFileUnreadable = "M951" Error;
    /// A file of answers that is not opened: too large, or with parts that no form has (macros, links to other files).
    AnswerFileRefused = "M952" Error;
    /// A file in the folder of answers without an answer to this request.
    NoAnswers = "M953" Warning;
    /// An answer that cannot be read as an amount, or not without asking.
    AnswerDoubtful = "M954" Warning;
    /// A formula as an answer.
    AnswerIsFormula = "M955" Warning;
    /// One item answered twice, differently.
    AnswersDiffer = "M956" Warning;
    /// A form made before its sheet was changed.
    FormOutdated = "M957" Warning;
    /// An answer that lacks what it needs.
    AnswerIncomplete = "M958" Warning;
    /// A word where the form offers a choice of others.
    AnswerNotAChoice = "M959" Warning;
    /// Answers to another year, or for a measure that was not asked.
    AnswerToOther = "M960" Warning;

    /// A doubtful row of a plan that is brought in, on which nobody has decided.
    ImportUndecided = "M961" Error;
    /// A row of the table of a review that cannot be used.
    BadImportRow = "M962" Error;
    /// A source in which there is no indicator.
    NothingToImport = "M963" Error;
}
