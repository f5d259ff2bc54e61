//! The port: connections in, answers out, with a limit on everything that a stranger could draw out.
//!
//! One runtime with two threads moves bytes; `pool` computes. Heads and bodies must arrive within [`PATIENCE`].

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use axum::routing::{MethodFilter, Router, on};
use http_body_util::{BodyExt, Limited};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_store::Changes;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot, watch};

use crate::answer::Answer;
use crate::asked::Asked;
use crate::assets;
use crate::confined;
use crate::desk::Desk;
use crate::door::{self, Door, MOST_BODY};
use crate::password::{LEAST, Password, Verdict};
use crate::pool::Pool;
use crate::refused::Refused;
use crate::routes::{ROUTES, Route, Work};
use crate::turns::Turn;

/// How long a head or a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most connections at once.
const MOST_CONNECTIONS: usize = 4_096;
/// How many computations may wait for a thread.
const WAITING: usize = 256;
/// How long the line must be quiet before a sign of life is sent to who listens to events.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What is to be served, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The pack's folder.
    pub root: PathBuf,
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// True if nothing may be saved.
    pub read_only: bool,
    /// The language of the page until somebody chooses; absent: the plan's.
    pub language: Option<Language>,
    /// For other computers; absent: this one alone.
    pub abroad: Option<Abroad>,
}

/// A workbench that other computers can reach.
#[derive(Clone, Debug)]
pub struct Abroad {
    /// Where to listen.
    pub address: IpAddr,
    /// The names by which it may be called, each with or without a port.
    pub hosts: Vec<String>,
    /// The password.
    pub password: String,
    /// The program that answers questions in a process of its own.
    pub program: PathBuf,
}

/// Why the workbench did not start.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// One sentence.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

/// A workbench that answers.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The address to open, with the key.
    pub link: String,
    stop: watch::Sender<bool>,
    ended: Arc<AtomicBool>,
    runtime: Option<tokio::runtime::Runtime>,
}

/// What every request needs.
struct Shop {
    desk: Arc<Desk>,
    door: Door,
    computing: Pool,
    reading: Pool,
    /// What answers questions in a process of its own; absent where only this computer asks.
    program: Option<PathBuf>,
}

/// Starts to answer.
///
/// # Errors
/// The port is taken, the pack cannot be read, or the system gives no threads.
pub fn serve(options: &Options) -> Result<Running, Trouble> {
    if let Some(abroad) = options.abroad.as_ref().filter(|abroad| abroad.password.chars().count() < LEAST || abroad.hosts.is_empty()) {
        return Err(unguarded(abroad));
    }
    // Watched before it is read, so that no change falls between the two.
    let changes = Changes::begin(&options.root, None);
    let desk = Desk::open(&options.root, options.read_only, options.language).map_err(|fault| unreadable(options, &fault))?;
    let desk = Arc::new(desk);
    let here = options.abroad.as_ref().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |abroad| abroad.address);
    let listener = std::net::TcpListener::bind((here, options.port)).map_err(|fault| taken(options.port, &fault))?;
    let address =
        listener.local_addr().and_then(|address| listener.set_nonblocking(true).map(|()| address)).map_err(|fault| system(&fault))?;
    let door = door_of(address.port(), options).map_err(|fault| system(&fault))?;
    let host = door.hosts.first().cloned().unwrap_or_default();
    let link = format!("http://{host}/start?key={}", door.key);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let computing = Pool::start("compute", cores, WAITING).map_err(|fault| system(&fault))?;
    let reading = Pool::start("read", 2, WAITING).map_err(|fault| system(&fault))?;
    let shop = Arc::new(Shop {
        desk: Arc::clone(&desk),
        door,
        computing,
        reading,
        program: options.abroad.as_ref().map(|abroad| abroad.program.clone()),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(|fault| system(&fault))?;
    let (stop, stopped) = watch::channel(false);
    let ended = Arc::new(AtomicBool::new(false));
    let app = router(&shop);
    runtime.spawn(async move {
        if let Ok(listener) = TcpListener::from_std(listener) {
            accept(listener, app, stopped).await;
        }
    });
    let until = Arc::clone(&ended);
    std::thread::Builder::new().name("watch".to_owned()).spawn(move || follow(&desk, &changes, &until)).map_err(|fault| system(&fault))?;
    Ok(Running { address, link, stop, ended, runtime: Some(runtime) })
}

impl Running {
    /// Stops answering; what is being answered is cut off.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        self.ended.store(true, Ordering::Relaxed);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_millis(200));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Reads the pack again whenever its files change.
fn follow(desk: &Desk, changes: &Changes, ended: &AtomicBool) {
    let stop = || ended.load(Ordering::Relaxed);
    while changes.wait(&stop).is_some() {
        // A folder that cannot be read now is looked at again at the next change.
        let _ = desk.refresh();
    }
}

fn door_of(port: u16, options: &Options) -> std::io::Result<Door> {
    let named = options.abroad.iter().flat_map(|abroad| &abroad.hosts).map(|host| host.to_ascii_lowercase());
    let named = named.flat_map(|host| if host.contains(':') { vec![host] } else { vec![format!("{host}:{port}"), host] });
    let local = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
    Ok(Door {
        key: secret()?,
        pass: secret()?,
        cookie: format!("mitoshi_{port}"),
        hosts: named.chain(local).collect(),
        read_only: options.read_only,
        password: options.abroad.as_ref().map(|abroad| Password::new(&abroad.password)).transpose()?,
    })
}

/// 256 bits that nobody can guess, as hexadecimal digits.
fn secret() -> std::io::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn accept(listener: TcpListener, app: Router, mut stopped: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        let stream = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => return,
        };
        match stream {
            Ok((stream, _)) => {
                let app = app.clone();
                tokio::spawn(async move {
                    converse(stream, app).await;
                    drop(permit);
                });
            }
            // No more files may be open: the next is taken when one was closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, app: Router) {
    let _ = stream.set_nodelay(true);
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(64 * 1024);
    let _ = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app)).await;
}

fn router(shop: &Arc<Shop>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let shop = Arc::clone(shop);
        let filter = if route.method == "GET" { MethodFilter::GET } else { MethodFilter::POST };
        router = router.route(route.path, on(filter, move |request: Request| respond(shop, Some(route), request)));
    }
    let (lost, wrong) = (Arc::clone(shop), Arc::clone(shop));
    let router = router.method_not_allowed_fallback(move |request: Request| respond(wrong, None, request));
    router.fallback(move |request: Request| respond(lost, None, request))
}

/// One request, from the door to the dressed answer.
async fn respond(shop: Arc<Shop>, route: Option<&'static Route>, request: Request) -> Response {
    let language = language(&shop.desk, request.uri().query());
    let mut response = match serve_one(&shop, route, request, language).await {
        Ok(response) => response,
        Err(refused) => respond_with(way_in(&shop.door, route, &refused, language).unwrap_or_else(|| refused.answer(language))),
    };
    door::dress(response.headers_mut());
    response
}

/// What a person sees who is not inside yet: the way in, with what was wrong with the password.
fn way_in(door: &Door, route: Option<&Route>, refused: &Refused, language: Language) -> Option<Answer> {
    let (status, told) = refused.told(language);
    match route?.work {
        Work::Page | Work::Start if status == 401 => {
            let page = if door.password.is_some() { "login.html" } else { "closed.html" };
            assets::find(page).map(|page| page.status(401))
        }
        Work::Login if matches!(status, 401 | 503) => {
            let page = String::from_utf8_lossy(&assets::find("login.html")?.body)
                .replace("<!-- said -->", &format!("<p role=\"alert\">{told}</p>"));
            Some(Answer::bytes("text/html; charset=utf-8", page.into_bytes()).status(status))
        }
        _ => None,
    }
}

async fn serve_one(shop: &Arc<Shop>, route: Option<&'static Route>, request: Request, language: Language) -> Result<Response, Refused> {
    let (parts, body) = request.into_parts();
    shop.door.judge(&parts, route)?;
    let route = route.ok_or_else(nothing_here)?;
    let query = query(parts.uri.query().unwrap_or_default());
    let body = if parts.method == Method::POST { read(body).await? } else { Vec::new() };
    let asked = Asked { query, body, language };
    match route.work {
        Work::Start => start(&shop.door, &asked),
        Work::Login => {
            let shop = Arc::clone(shop);
            login(&shop.reading.clone(), shop, asked).await
        }
        Work::Page => {
            let name = parts.uri.path().strip_prefix("/assets/").unwrap_or("index.html");
            assets::find(name).map(respond_with).ok_or_else(nothing_here)
        }
        Work::Events => Ok(events(&shop.desk)),
        Work::Desk(view) => {
            let desk = Arc::clone(&shop.desk);
            compute(&shop.reading, Turn::default(), move |_| view(&desk, &asked)).await
        }
        Work::Model(view) => {
            let held = shop.desk.held()?;
            let turn = shop.desk.turns.take(&page(&asked.body, route.path));
            let begun = Instant::now();
            let response = match shop.program.clone() {
                None => compute(&shop.computing, turn, move |turn| view(&held, &asked, turn)).await,
                Some(program) => compute(&shop.computing, turn, move |turn| confined::ask(&program, route.path, &held, &asked, turn)).await,
            };
            response.map(|response| timed(response, begun))
        }
    }
}

/// Runs a view on a thread of the pool; if the client goes away, the view is told to stop.
async fn compute(
    pool: &Pool,
    turn: Turn,
    view: impl FnOnce(&Turn) -> Result<Answer, Refused> + Send + 'static,
) -> Result<Response, Refused> {
    let (send, receive) = oneshot::channel();
    let own = turn.clone();
    let put = pool.put(move || {
        let outcome = if own.is_over() { Err(Refused::superseded()) } else { view(&own) };
        let outcome = if own.is_over() { Err(Refused::superseded()) } else { outcome };
        // Nobody waits any more if the client has gone.
        let _ = send.send(outcome);
    });
    if !put {
        return Err(busy());
    }
    let _leaving = Leaving(turn);
    receive.await.map_err(|_| fell())?.map(respond_with)
}

/// Ends a turn when nobody waits for it any more.
struct Leaving(Turn);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The key is exchanged for a cookie, and leaves the address.
fn start(door: &Door, asked: &Asked) -> Result<Response, Refused> {
    if !door.is_key(asked.query("key")) {
        let (message, hint) = (
            text!("鍵が違います。", "this is not the key"),
            text!("mitoshi serve が表示したアドレスを開いてください。", "open the address that mitoshi serve printed"),
        );
        return Err(Refused::new(401, "no_key", message, hint));
    }
    come_in(door)
}

/// The password is exchanged for the same cookie; judged on a thread that computes.
async fn login(pool: &Pool, shop: Arc<Shop>, asked: Asked) -> Result<Response, Refused> {
    let judged = Arc::clone(&shop);
    let words = query(&String::from_utf8_lossy(&asked.body)).remove("password").unwrap_or_default();
    compute(pool, Turn::default(), move |_| {
        let verdict = judged.door.password.as_ref().map_or(Verdict::Wrong, |password| password.judge(&words));
        match verdict {
            Verdict::Right => Ok(Answer::json(&true)),
            Verdict::Wrong => Err(wrong_password()),
            Verdict::Later => Err(busy()),
        }
    })
    .await?;
    come_in(&shop.door)
}

/// The way to the page, with the cookie.
fn come_in(door: &Door) -> Result<Response, Refused> {
    let mut response = respond_with(Answer::bytes("text/plain; charset=utf-8", &b""[..]).status(303));
    let cookie = HeaderValue::from_str(&door.cookie()).map_err(|_| fell())?;
    response.headers_mut().insert(SET_COOKIE, cookie);
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("/"));
    Ok(response)
}

/// `event: plan` with the number of the files' state, now and at each change; a comment while nothing happens.
fn events(desk: &Desk) -> Response {
    let mut told = desk.listen();
    told.mark_changed();
    let (mut send, body) = http_body_util::channel::Channel::<axum::body::Bytes, std::convert::Infallible>::new(4);
    tokio::spawn(async move {
        loop {
            let line = tokio::select! {
                changed = told.changed() => match changed {
                    Ok(()) => format!("event: plan\ndata: {{\"revision\": {}}}\n\n", *told.borrow_and_update()),
                    Err(_) => return,
                },
                () = tokio::time::sleep(HEARTBEAT) => ": \n\n".to_owned(),
            };
            if send.send_data(line.into()).await.is_err() {
                return;
            }
        }
    });
    let mut response = Response::new(Body::new(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    response
}

async fn read(body: Body) -> Result<Vec<u8>, Refused> {
    let whole = Limited::new(body, MOST_BODY as usize).collect();
    match tokio::time::timeout(PATIENCE, whole).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes().to_vec()),
        Ok(Err(_)) => Err(door::too_large()),
        Err(_) => Err(Refused::new(
            408,
            "too_slow",
            text!("依頼の本文が時間内に届きませんでした。", "the body did not arrive in time"),
            text!("もう一度送ってください。", "send it again"),
        )),
    }
}

fn respond_with(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body.into_owned()));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// How long the answer took, for who measures.
fn timed(mut response: Response, begun: Instant) -> Response {
    let milliseconds = begun.elapsed().as_secs_f64() * 1_000.0;
    if let Ok(value) = HeaderValue::from_str(&format!("answer;dur={milliseconds:.2}")) {
        response.headers_mut().insert(HeaderName::from_static("server-timing"), value);
    }
    response
}

fn language(desk: &Desk, asked: Option<&str>) -> Language {
    query(asked.unwrap_or_default()).get("lang").and_then(|tag| Language::from_tag(tag)).unwrap_or(desk.language)
}

/// The keys of a query; what is written twice counts once, the last time.
fn query(text: &str) -> std::collections::BTreeMap<String, String> {
    axum::extract::Query::try_from_uri(&format!("/?{text}").parse().unwrap_or_default()).map(|query| query.0).unwrap_or_default()
}

/// What takes turns: a page's requests to one route. A page without an id takes none.
fn page(body: &[u8], path: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Page {
        #[serde(default)]
        page: String,
    }
    let page = serde_json::from_slice(body).map(|page: Page| page.page).unwrap_or_default();
    if page.is_empty() || page.len() > 64 { String::new() } else { format!("{page} {path}") }
}

fn nothing_here() -> Refused {
    Refused::unknown(text!("このアドレスには何もありません。", "there is nothing at this address"), text!("/ を開いてください。", "open /"))
}

fn wrong_password() -> Refused {
    Refused::new(
        401,
        "no_key",
        text!("パスワードが違います。", "this is not the password"),
        text!("一秒ほど待ってから、もう一度入れてください。", "wait a second and try again"),
    )
}

fn busy() -> Refused {
    Refused::new(
        503,
        "busy",
        text!("計算の依頼が多すぎます。", "too many requests are waiting"),
        text!("少し待ってから、もう一度送ってください。", "wait a moment and send it again"),
    )
}

fn fell() -> Refused {
    Refused::new(
        500,
        "fault",
        text!("答えを作れませんでした。", "no answer could be made"),
        text!(
            "もう一度試し、続くようなら同じ依頼をコマンドで行ってください。",
            "try again; if it goes on, use the command line for the same"
        ),
    )
}

fn unguarded(abroad: &Abroad) -> Trouble {
    if abroad.hosts.is_empty() {
        return Trouble {
            message: text!("ほかのコンピューターから呼ばれる名前がありません。", "no name is given by which other computers may call it"),
            hint: text!(
                "--allow-host plan.example.jp のように、許す名前を指定してください。",
                "name it with --allow-host, as in --allow-host plan.example.jp"
            ),
        };
    }
    Trouble {
        message: text!("パスワードが短すぎます（{LEAST} 文字以上が必要です）。", "the password is too short: {LEAST} letters at least"),
        hint: text!(
            "--password-file のファイルの一行目に、長いパスワードを書いてください。",
            "write a longer one into the first line of the file of --password-file"
        ),
    }
}

fn system(fault: &std::io::Error) -> Trouble {
    Trouble {
        message: text!("画面を開けません: {fault}", "cannot start: {fault}"),
        hint: text!("ほかのプログラムを閉じてから、もう一度実行してください。", "close other programs and try again"),
    }
}

fn taken(port: u16, fault: &std::io::Error) -> Trouble {
    Trouble {
        message: text!("ポート {port} を使えません: {fault}", "cannot use port {port}: {fault}"),
        hint: text!(
            "--port で別の番号を指定してください（0 なら空いている番号を使います）。",
            "give another one with --port (0 takes any that is free)"
        ),
    }
}

fn unreadable(options: &Options, fault: &std::io::Error) -> Trouble {
    let root = options.root.display();
    Trouble {
        message: text!("計画一式を読めません（{root}）: {fault}", "cannot read the pack in {root}: {fault}"),
        hint: text!("フォルダーを読めるようにしてください。", "make the folder readable"),
    }
}
