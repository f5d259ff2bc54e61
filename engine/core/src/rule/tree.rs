//! Our own small tree of a rule: what is left of Rhai after everything the language refuses.
//!
//! Made by `from_rhai`, read by the kind check, the interpreter's trace and (later) the lowering.
//! The value of a block is the value of its last statement, as in Rhai; every node knows its place.

use crate::diagnostic::Span;

/// A script function.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Place of the name.
    pub span: Span,
    /// Parameters in order.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Block,
}

/// A parameter of a [`Function`].
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name, which says what it is.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// Statements in order; the last one's value is the block's.
#[derive(Clone, Debug, Default)]
pub struct Block(pub Vec<Statement>);

/// A statement.
#[derive(Clone, Debug)]
pub enum Statement {
    /// `let name = value;`
    Let {
        /// The new name; hides an older one.
        name: String,
        /// Its value.
        value: Expression,
    },
    /// `name = value;` or `name += value;`
    Assign {
        /// A name bound before.
        name: String,
        /// Place of the name.
        span: Span,
        /// The operator of `+=` and its like.
        operator: Option<Operator>,
        /// The right side.
        value: Expression,
    },
    /// `for name in from..to { … }` with whole-number literals.
    For {
        /// The counter, an integer.
        name: String,
        /// Place of the `for`.
        span: Span,
        /// First value.
        from: i64,
        /// One past the last value.
        to: i64,
        /// What is repeated.
        body: Block,
    },
    /// `return value;`
    Return(Expression),
    /// `because("words");`
    Because(String),
    /// An expression; the block's value if it stands last.
    Expression(Expression),
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Its place, from the first to the last character.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// A whole-number literal.
    Integer(i64),
    /// A number with a point.
    Float(f64),
    /// `true`, `false`.
    Boolean(bool),
    /// A parameter or a `let`.
    Variable(String),
    /// `-x`.
    Negate(Box<Expression>),
    /// `!x`.
    Not(Box<Expression>),
    /// Two numbers and an operator between them.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `a && b && …`, from left to right, stopping at the first false.
    And(Vec<Expression>),
    /// `a || b || …`, from left to right, stopping at the first true.
    Or(Vec<Expression>),
    /// `if … { } else { }`; without `else` it has no value.
    If(Box<Expression>, Block, Option<Block>),
    /// `{ … }`.
    Block(Block),
    /// A function of the vocabulary, by its place in `vocabulary::WORDS`.
    Word(usize, Vec<Expression>),
    /// A helper of the same rule, or a function of `rules/lib`.
    Call(String, Vec<Expression>),
    /// `not_evaluable("words")`: ends the function without a value.
    NotEvaluable(String),
}

/// An operator between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

impl Operator {
    const SYMBOLS: [(&'static str, Self); 11] = [
        ("+", Self::Add),
        ("-", Self::Subtract),
        ("*", Self::Multiply),
        ("/", Self::Divide),
        ("%", Self::Remainder),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
    ];

    /// The operator written so; absent if the language has none.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        Self::SYMBOLS.iter().find(|(written, _)| *written == symbol).map(|(_, operator)| *operator)
    }

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        Self::SYMBOLS.iter().find(|(_, operator)| *operator == self).map_or("?", |(written, _)| *written)
    }

    /// True if the result is true or false.
    pub fn compares(self) -> bool {
        !matches!(self, Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Remainder)
    }
}

impl Block {
    /// The names of the helpers and library functions called anywhere inside, in the order of the text.
    pub fn calls(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(&mut |expression| {
            if let ExpressionKind::Call(name, _) = &expression.kind {
                names.push(name.as_str());
            }
        });
        names
    }

    /// Shows every expression inside, outer ones first.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expression)) {
        for statement in &self.0 {
            match statement {
                Statement::Let { value, .. }
                | Statement::Assign { value, .. }
                | Statement::Return(value)
                | Statement::Expression(value) => value.visit(see),
                Statement::For { body, .. } => body.visit(see),
                Statement::Because(_) => {}
            }
        }
    }
}

/// The arguments of a call, numbered, in the order in which Rhai reads them: a first argument that is
/// just a name is read after the others, which may assign to it.
pub fn in_reading_order(arguments: &[Expression]) -> impl Iterator<Item = (usize, &Expression)> {
    let is_name = matches!(arguments.first(), Some(Expression { kind: ExpressionKind::Variable(_), .. }));
    let numbered = || arguments.iter().enumerate();
    numbered().skip(usize::from(is_name)).chain(numbered().take(usize::from(is_name)))
}

impl Expression {
    /// Shows this expression and every one inside.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expression)) {
        see(self);
        match &self.kind {
            ExpressionKind::Negate(value) | ExpressionKind::Not(value) => value.visit(see),
            ExpressionKind::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            ExpressionKind::And(parts) | ExpressionKind::Or(parts) | ExpressionKind::Word(_, parts) | ExpressionKind::Call(_, parts) => {
                parts.iter().for_each(|part| part.visit(see));
            }
            ExpressionKind::If(condition, then, otherwise) => {
                condition.visit(see);
                then.visit(see);
                if let Some(block) = otherwise {
                    block.visit(see);
                }
            }
            ExpressionKind::Block(block) => block.visit(see),
            ExpressionKind::Integer(_)
            | ExpressionKind::Float(_)
            | ExpressionKind::Boolean(_)
            | ExpressionKind::Variable(_)
            | ExpressionKind::NotEvaluable(_) => {}
        }
    }
}
