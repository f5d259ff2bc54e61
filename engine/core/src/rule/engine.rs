//! The one constructor of the Rhai engine, and how its functions are called.
//!
//! Small on purpose: a raw engine without packages, the operators on numbers that Rhai builds in,
//! our vocabulary, `because` and `not_evaluable`. Limits of operations, depth, names and text hold
//! while it runs; the limits of the text before parsing are in `text`, those of the tree after
//! parsing in `from_rhai`. A hostile rule is refused or stopped; it cannot allocate without bound.
//! Rhai's comparison of floats (relative, ±EPSILON) is part of the language and asserted here: the
//! crate feature `unchecked`, which any crate in the tree could switch on, would change it silently.

use std::cell::RefCell;

use rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, FnArgsVec, OptimizationLevel, Position, Scope};

use super::vocabulary::{self, Apply};
use crate::diagnostic::Text;
use crate::text;

/// Operations of one call.
pub const MAX_OPERATIONS: u64 = 100_000;
/// Functions of one rule file.
pub const MAX_FUNCTIONS: usize = 64;
/// Depth of calls.
pub const MAX_CALL_LEVELS: usize = 16;
/// Depth of expressions in a function.
pub const MAX_DEPTH: usize = 32;
/// Letters of a literal in `because`.
pub const MAX_WORDS: usize = 1024;
/// Names in a function: parameters and every `let`.
pub const MAX_NAMES: usize = 64;

thread_local! {
    /// The reasons of the running call; `None` while nobody asks for them.
    static REASONS: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Why a call gave no number.
#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// `not_evaluable` was called, with these words.
    NotEvaluable(String),
    /// More operations than allowed.
    TooLong,
    /// Rhai stopped, for this reason.
    Failed(Text),
    /// A result that is neither an integer nor a float; its type.
    NoNumber(String),
}

/// The engine that runs rules; cheap to share between threads.
pub struct RuleEngine(Engine);

impl Default for RuleEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl RuleEngine {
    /// Builds the engine.
    pub fn new() -> Self {
        // The same hashes in every process; it can be set once, by whoever comes first.
        let _ = rhai::config::hashing::set_hashing_seed(Some([0x6d69_746f_7368_6900, 1, 2, 3]));
        let mut engine = Engine::new_raw();
        engine.set_optimization_level(OptimizationLevel::None);
        limit(&mut engine);
        disable(&mut engine);
        register_operators(&mut engine);
        register_words(&mut engine);
        register_reasons(&mut engine);
        assert!(compares_relatively(&engine), "rhai was built with `unchecked`: comparisons and limits are not those of the rule language");
        Self(engine)
    }

    /// Rhai's own engine, for lexing and parsing.
    pub(super) fn rhai(&self) -> &Engine {
        &self.0
    }

    /// Calls a function with numbers. Reasons go to the collector of [`collect_reasons`], if any.
    ///
    /// # Errors
    /// See [`CallError`]. A number that is not finite is not an error here.
    pub fn call(&self, ast: &AST, name: &str, inputs: &[f64]) -> Result<f64, CallError> {
        let mut arguments = FnArgsVec::new_const();
        arguments.extend(inputs.iter().map(|number| Dynamic::from_float(*number)));
        let options = CallFnOptions::new().eval_ast(false).rewind_scope(false);
        let result: Dynamic =
            self.0.call_fn_with_options(options, &mut Scope::new(), ast, name, arguments).map_err(|error| translate(*error))?;
        match (result.as_float(), result.as_int()) {
            (Ok(number), _) => Ok(number),
            (_, Ok(number)) => Ok(number as f64),
            _ => Err(CallError::NoNumber(result.type_name().to_owned())),
        }
    }

    /// What the text `body` gives where a function of a rule stands: how a number in the middle of a function is
    /// found out, by the interpreter itself. The text was part of a rule that has been checked.
    ///
    /// # Errors
    /// As [`call`](Self::call); `Failed` also where the text is no body.
    pub fn worth(&self, ast: &AST, parameters: &[&str], body: &str, inputs: &[f64]) -> Result<f64, CallError> {
        let text = format!("fn {ASKED}({}) {{\n{body}\n}}", parameters.join(", "));
        let asked = self.0.compile(text).map_err(|error| CallError::Failed(Text::same(error.to_string())))?;
        self.call(&ast.merge(&asked), ASKED, inputs)
    }
}

/// The name under which [`RuleEngine::worth`] asks.
const ASKED: &str = "asked_by_explain__";

/// Runs `call` and returns the words of every `because` it came by, in order.
pub fn collect_reasons<T>(call: impl FnOnce() -> T) -> (T, Vec<String>) {
    REASONS.set(Some(Vec::new()));
    let result = call();
    (result, REASONS.take().unwrap_or_default())
}

/// Rhai's checked comparison: relative, within one EPSILON.
fn compares_relatively(engine: &Engine) -> bool {
    engine.eval_expression("1.0 - 0.0000000000000001 >= 1.0 && 0.1 + 0.2 == 0.3").unwrap_or(false)
}

fn limit(engine: &mut Engine) {
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_call_levels(MAX_CALL_LEVELS);
    engine.set_max_expr_depths(MAX_DEPTH, MAX_DEPTH);
    engine.set_max_variables(MAX_NAMES);
    engine.set_max_functions(MAX_FUNCTIONS);
    engine.set_max_modules(0);
    engine.set_max_string_size(MAX_WORDS);
    engine.set_max_array_size(1);
    engine.set_max_map_size(1);
}

fn disable(engine: &mut Engine) {
    for word in [
        "eval",
        "import",
        "export",
        "Fn",
        "call",
        "curry",
        "is_shared",
        "print",
        "debug",
        "sleep",
        "exit",
        "timestamp",
        "type_of",
        "is_def_var",
        "is_def_fn",
    ] {
        engine.disable_symbol(word);
    }
}

/// What Rhai does not build in: the sign, the negation, and counting for `for`.
fn register_operators(engine: &mut Engine) {
    engine.register_fn("-", |x: f64| -x);
    engine.register_fn("-", |x: i64| {
        x.checked_neg().ok_or_else(|| Box::new(EvalAltResult::ErrorArithmetic("integer overflow".into(), Position::NONE)))
    });
    engine.register_fn("!", |x: bool| !x);
    engine.register_iterator::<std::ops::Range<i64>>();
    engine.register_iterator::<std::ops::RangeInclusive<i64>>();
}

fn register_words(engine: &mut Engine) {
    for word in vocabulary::WORDS {
        match word.apply {
            Apply::One(f) => {
                engine.register_fn(word.name, f);
                engine.register_fn(word.name, move |x: i64| f(x as f64));
            }
            Apply::Two(f) => register_two(engine, word.name, f),
            Apply::Three(f) => register_three(engine, word.name, f),
        }
    }
}

fn register_two(engine: &mut Engine, name: &str, f: fn(f64, f64) -> f64) {
    engine.register_fn(name, f);
    engine.register_fn(name, move |x: i64, y: f64| f(x as f64, y));
    engine.register_fn(name, move |x: f64, y: i64| f(x, y as f64));
    engine.register_fn(name, move |x: i64, y: i64| f(x as f64, y as f64));
}

fn register_three(engine: &mut Engine, name: &str, f: fn(f64, f64, f64) -> f64) {
    engine.register_fn(name, f);
    engine.register_fn(name, move |x: i64, y: f64, z: f64| f(x as f64, y, z));
    engine.register_fn(name, move |x: f64, y: i64, z: f64| f(x, y as f64, z));
    engine.register_fn(name, move |x: f64, y: f64, z: i64| f(x, y, z as f64));
    engine.register_fn(name, move |x: i64, y: i64, z: f64| f(x as f64, y as f64, z));
    engine.register_fn(name, move |x: i64, y: f64, z: i64| f(x as f64, y, z as f64));
    engine.register_fn(name, move |x: f64, y: i64, z: i64| f(x, y as f64, z as f64));
    engine.register_fn(name, move |x: i64, y: i64, z: i64| f(x as f64, y as f64, z as f64));
}

fn register_reasons(engine: &mut Engine) {
    engine.register_fn(vocabulary::BECAUSE, |words: &str| {
        REASONS.with_borrow_mut(|reasons| {
            if let Some(reasons) = reasons {
                reasons.push(words.to_owned());
            }
        });
    });
    engine.register_fn(vocabulary::NOT_EVALUABLE, |words: &str| -> Result<(), Box<EvalAltResult>> {
        Err(Box::new(EvalAltResult::ErrorRuntime(words.to_owned().into(), Position::NONE)))
    });
}

/// `throw` is refused, so a run-time error of Rhai's kind can only come from `not_evaluable`.
fn translate(error: EvalAltResult) -> CallError {
    match innermost(error) {
        EvalAltResult::ErrorRuntime(words, _) => CallError::NotEvaluable(words.into_string().unwrap_or_default()),
        EvalAltResult::ErrorTooManyOperations(_) => CallError::TooLong,
        EvalAltResult::ErrorArithmetic(..) => {
            CallError::Failed(text!("整数の計算があふれたか、整数を0で割りました", "an integer became too large, or was divided by zero"))
        }
        EvalAltResult::ErrorStackOverflow(_) => CallError::Failed(text!("関数の呼出しが深すぎます", "calls of functions are too deep")),
        EvalAltResult::ErrorTooManyVariables(_) => CallError::Failed(text!("変数が多すぎます", "there are too many variables")),
        mut other => {
            other.clear_position();
            CallError::Failed(Text::same(other.to_string()))
        }
    }
}

fn innermost(error: EvalAltResult) -> EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => innermost(*inner),
        other => other,
    }
}
