//! From Rhai's tree to ours: the only file that matches on Rhai's syntax tree.
//!
//! An allow-list: a node that is not named here is refused, so a new version of Rhai cannot let
//! anything through. Problems are pushed with their place; a placeholder stands in for the node.
//! Rhai hands out function bodies only as a walk over their statements; each statement is put into
//! the function whose braces it lies in. Pinned to rhai =1.27.0, whose `internals` are not stable.

use rhai::{AST, ASTFlags, ASTNode, Expr, FnCallExpr, Position, Stmt, StmtBlock};

use super::refused::refuse;
use super::scan::{Head, Places};
use super::tree::{Block, Expression, ExpressionKind, Function, Operator, Statement};
use super::vocabulary;
use crate::diagnostic::{Code, Diagnostic, FileId, SourceFile, Span, Text};
use crate::text;

/// Turns of one loop.
pub const MAX_TURNS: i64 = 256;
/// Whole numbers beyond this are not exact as floats.
const MAX_INTEGER: i64 = 1 << 53;

/// Converts every function of `ast`, whose heads the scan found.
pub fn convert(ast: &AST, heads: Vec<Head>, id: FileId, file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Function> {
    let places = Places::new(id, &file.text);
    let mut found = Vec::new();
    let mut converter = Converter { places: &places, diagnostics: &mut found };
    let mut bodies: Vec<Vec<(usize, Statement)>> = heads.iter().map(|_| Vec::new()).collect();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(statement)] = path {
            let offset = places.offset(statement.position());
            let owner = heads.iter().position(|head| head.body.contains(&offset));
            if let (Some(owner), Some(converted)) = (owner, converter.statement(statement)) {
                bodies[owner].push((offset, converted));
            }
        }
        true
    });
    // Rhai walks its functions in no fixed order.
    found.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    diagnostics.append(&mut found);
    heads.into_iter().zip(bodies).map(|(head, body)| function(head, body)).collect()
}

/// Statements arrive in order within a function; functions in any order.
fn function(head: Head, body: Vec<(usize, Statement)>) -> Function {
    let body = Block(body.into_iter().map(|(_, statement)| statement).collect());
    Function { name: head.name, span: head.span, parameters: head.parameters, body }
}

fn see_document() -> Text {
    text!("書き方は docs/rules.md の「使えるもの」を確かめてください。", "see docs/rules.md, \"What a rule may use\"")
}

struct Converter<'a, 'd> {
    places: &'a Places<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Converter<'_, '_> {
    fn block(&mut self, block: &StmtBlock) -> Block {
        Block(block.iter().filter_map(|statement| self.statement(statement)).collect())
    }

    /// A statement; absent for an empty one.
    fn statement(&mut self, statement: &Stmt) -> Option<Statement> {
        Some(match statement {
            Stmt::Noop(_) => return None,
            Stmt::Var(parts, flags, position) => self.binding(&parts.0, &parts.1, *flags, *position),
            Stmt::Assignment(parts) => self.assignment(&parts.0, &parts.1),
            Stmt::For(parts, position) => self.counted(&parts.0.name, parts.1.is_some(), &parts.2, *position),
            Stmt::Return(Some(value), flags, _) if !flags.contains(ASTFlags::BREAK) => Statement::Return(self.expression(value)),
            Stmt::FnCall(call, position) => self.call_statement(call, *position),
            Stmt::Expr(expression) => match expression.as_ref() {
                Expr::FnCall(call, position) => self.call_statement(call, *position),
                other => Statement::Expression(self.expression(other)),
            },
            Stmt::If(..) | Stmt::Block(_) => Statement::Expression(self.nested(statement)),
            Stmt::Return(None, ..) => {
                self.refuse(statement.position(), text!("return には値が要ります", "`return` needs a value"));
                return None;
            }
            other => {
                self.refuse(other.position(), text!("この構文はルールでは使えません", "this construct is refused in rules"));
                return None;
            }
        })
    }

    /// `if` and `{ … }`, which are statements in Rhai's tree and expressions in ours.
    fn nested(&mut self, statement: &Stmt) -> Expression {
        let span = self.places.token(statement.position());
        let kind = match statement {
            Stmt::If(flow, _) => {
                let condition = self.expression(&flow.expr);
                let otherwise = (!flow.branch.is_empty()).then(|| self.block(&flow.branch));
                ExpressionKind::If(Box::new(condition), self.block(&flow.body), otherwise)
            }
            Stmt::Block(block) => ExpressionKind::Block(self.block(block)),
            _ => ExpressionKind::Block(Block::default()),
        };
        Expression { kind, span }
    }

    fn binding(&mut self, name: &rhai::Ident, value: &Expr, flags: ASTFlags, position: Position) -> Statement {
        if flags.contains(ASTFlags::CONSTANT) {
            self.refuse(position, text!("const は使えません", "`const` is refused"));
        }
        if matches!(value, Expr::Unit(_)) {
            return self.binding_of_nothing(&name.name, name.pos);
        }
        Statement::Let { name: name.name.to_string(), value: self.expression(value) }
    }

    /// `let q;`: Rhai's tree has an empty value there, which has no place.
    fn binding_of_nothing(&mut self, name: &str, position: Position) -> Statement {
        let span = self.places.token(position);
        let why = text!("`let` には値が要ります", "a `let` needs a value");
        self.diagnostics.push(
            refuse(span, why).hint(text!("`let {name} = 0.0;` のように値を書いてください。", "write its value, as in `let {name} = 0.0;`")),
        );
        Statement::Let { name: name.to_owned(), value: Expression { kind: ExpressionKind::Float(0.0), span } }
    }

    fn assignment(&mut self, operation: &rhai::OpAssignment, sides: &rhai::BinaryExpr) -> Statement {
        let symbol = operation.get_op_assignment_info().map(|info| info.5);
        let operator = symbol.and_then(Operator::from_symbol);
        let target = self.expression(&sides.lhs);
        let value = self.expression(&sides.rhs);
        if symbol.is_some() && operator.is_none() {
            self.refuse(operation.position(), text!("この演算は使えません", "this operator is refused"));
        }
        match target.kind {
            ExpressionKind::Variable(name) => Statement::Assign { name, span: target.span, operator, value },
            _ => {
                self.refuse(operation.position(), text!("代入できるのは変数だけです", "only a variable can be assigned to"));
                Statement::Expression(value)
            }
        }
    }

    fn counted(&mut self, name: &str, two: bool, flow: &rhai::FlowControl, position: Position) -> Statement {
        if two {
            self.refuse(position, text!("for の変数は一つだけです", "a `for` has one variable"));
        }
        let (from, to) = self.turns(&flow.expr, position).unwrap_or((0, 0));
        Statement::For { name: name.to_owned(), span: self.places.token(position), from, to, body: self.block(&flow.body) }
    }

    /// The ends of a range of whole-number literals.
    fn turns(&mut self, range: &Expr, position: Position) -> Option<(i64, i64)> {
        let span = self.places.token(if range.position().is_none() { position } else { range.position() });
        let ends = match range {
            Expr::FnCall(call, _) => match (call.name.as_str(), call.args.as_slice()) {
                ("..", [Expr::IntegerConstant(from, _), Expr::IntegerConstant(to, _)]) => Some((*from, *to)),
                ("..=", [Expr::IntegerConstant(from, _), Expr::IntegerConstant(to, _)]) => Some((*from, to.saturating_add(1))),
                _ => None,
            },
            _ => None,
        };
        let good = ends.filter(|(from, to)| to.saturating_sub(*from) <= MAX_TURNS);
        if good.is_none() {
            self.diagnostics.push(
                Diagnostic::at(
                    Code::LoopRange,
                    span,
                    text!(
                        "for の範囲は整数で書き、{MAX_TURNS}回までとします。",
                        "the range of a `for` is two whole numbers, at most {MAX_TURNS} turns apart"
                    ),
                )
                .hint(text!("`for n in 0..3 {{ … }}` のように書いてください。", "write it like `for n in 0..3 {{ … }}`")),
            );
        }
        good
    }

    fn call_statement(&mut self, call: &FnCallExpr, position: Position) -> Statement {
        if call.name == vocabulary::BECAUSE && call.op_token.is_none() {
            return Statement::Because(self.words(call, position));
        }
        Statement::Expression(self.call(call, position))
    }

    /// The single literal that `because` and `not_evaluable` take.
    fn words(&mut self, call: &FnCallExpr, position: Position) -> String {
        if let [Expr::StringConstant(words, place)] = call.args.as_slice() {
            self.diagnostics.extend(crate::pack::hidden_in(words, self.places.token(*place)));
            return words.to_string();
        }
        let name = call.name.to_string();
        let why = text!("{name} には文を一つ、引用符で囲んで書きます", "`{name}` takes one text in quotes");
        self.refuse(position, why);
        String::new()
    }

    fn expression(&mut self, expression: &Expr) -> Expression {
        let span = self.places.token(expression.position());
        let simple = |kind| Expression { kind, span };
        match expression {
            Expr::IntegerConstant(value, _) => self.integer(*value, span),
            Expr::FloatConstant(value, _) => self.float(**value, span),
            Expr::BoolConstant(value, _) => simple(ExpressionKind::Boolean(*value)),
            Expr::Variable(parts, _, _) if parts.2.is_empty() => simple(ExpressionKind::Variable(parts.1.to_string())),
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::And(parts, _) => self.logical(parts, ExpressionKind::And),
            Expr::Or(parts, _) => self.logical(parts, ExpressionKind::Or),
            Expr::Stmt(block) => match block.statements() {
                [only @ (Stmt::If(..) | Stmt::Block(_))] => self.nested(only),
                _ => simple(ExpressionKind::Block(self.block(block))),
            },
            Expr::StringConstant(..) | Expr::InterpolatedString(..) | Expr::CharConstant(..) => self.refused(
                expression,
                text!("`because(\"…\")` の文以外の文字列は使えません", "text other than the words of `because(\"…\")` is refused"),
            ),
            Expr::Unit(_) => self.refused(expression, text!("値のない () は書けません", "the empty value () is refused")),
            other => self.refused(other, text!("この構文はルールでは使えません", "this construct is refused in rules")),
        }
    }

    fn integer(&mut self, value: i64, span: Span) -> Expression {
        if value.abs() > MAX_INTEGER {
            self.diagnostics.push(
                refuse(span, text!("この整数は大きすぎて正確に扱えません", "this whole number is too large to be exact"))
                    .hint(text!("小数点を付けて書くか、単位を大きくしてください。", "write it with a point, or use a larger unit")),
            );
        }
        Expression { kind: ExpressionKind::Integer(value), span }
    }

    fn float(&mut self, value: f64, span: Span) -> Expression {
        if !value.is_finite() {
            self.diagnostics.push(
                Diagnostic::at(Code::NotFinite, span, text!("有限の数ではありません。", "this is not a finite number"))
                    .hint(text!("桁を確かめてください。", "check its digits")),
            );
        }
        Expression { kind: ExpressionKind::Float(value), span }
    }

    fn logical(&mut self, parts: &[Expr], make: fn(Vec<Expression>) -> ExpressionKind) -> Expression {
        let parts: Vec<Expression> = parts.iter().map(|part| self.expression(part)).collect();
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => self.places.join(first.span, last.span),
            _ => Span::default(),
        };
        Expression { kind: make(parts), span }
    }

    fn call(&mut self, call: &FnCallExpr, position: Position) -> Expression {
        let name_span = self.places.token(position);
        if call.is_qualified() || call.capture_parent_scope {
            self.refuse(position, text!("この呼び方はできません", "this way of calling is refused"));
        }
        let name = call.name.as_str();
        if call.op_token.is_none() && name == vocabulary::NOT_EVALUABLE {
            return Expression { kind: ExpressionKind::NotEvaluable(self.words(call, position)), span: name_span };
        }
        let mut arguments: Vec<Expression> = call.args.iter().map(|argument| self.expression(argument)).collect();
        if call.op_token.is_some() {
            return self.operator(name, arguments, name_span);
        }
        let span = arguments.last().map_or(name_span, |last| self.places.join(name_span, last.span));
        let kind = match vocabulary::find(name) {
            Some((number, word)) if word.apply.arity() == arguments.len() => ExpressionKind::Word(number, std::mem::take(&mut arguments)),
            _ => ExpressionKind::Call(name.to_owned(), arguments),
        };
        Expression { kind, span }
    }

    fn operator(&mut self, symbol: &str, arguments: Vec<Expression>, at: Span) -> Expression {
        let span = match (arguments.first(), arguments.last()) {
            (Some(first), Some(last)) => self.places.join(self.places.join(first.span, at), last.span),
            _ => at,
        };
        let mut arguments = arguments.into_iter().map(Box::new);
        let kind = match (arguments.next(), arguments.next(), symbol) {
            (Some(value), None, "-") => ExpressionKind::Negate(value),
            (Some(value), None, "+") => return *value,
            (Some(value), None, "!") => ExpressionKind::Not(value),
            (Some(left), Some(right), _) => match Operator::from_symbol(symbol) {
                Some(operator) => ExpressionKind::Binary(operator, left, right),
                None => self.unknown_operator(symbol, at),
            },
            _ => self.unknown_operator(symbol, at),
        };
        Expression { kind, span }
    }

    fn unknown_operator(&mut self, symbol: &str, at: Span) -> ExpressionKind {
        let why = text!("演算 `{symbol}` はルールでは使えません", "the operator `{symbol}` is refused in rules");
        self.diagnostics.push(refuse(at, why).hint(see_document()));
        ExpressionKind::Float(0.0)
    }

    fn refused(&mut self, expression: &Expr, why: Text) -> Expression {
        let span = self.places.token(expression.position());
        self.diagnostics.push(refuse(span, why).hint(see_document()));
        Expression { kind: ExpressionKind::Float(0.0), span }
    }

    fn refuse(&mut self, position: Position, why: Text) {
        self.diagnostics.push(refuse(self.places.token(position), why).hint(see_document()));
    }
}
