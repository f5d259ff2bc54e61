//! Who may come in: judged before a request's body is read, for every route alike.
//!
//! A page in another tab, a name that was pointed at this machine, a form on a foreign site: none of them
//! can know the key, and each is refused for a reason of its own as well. In order: the host must be ours; an
//! origin, if told, must be ours, and must be told for what is not a plain reading; a site that the browser
//! calls foreign is refused; the cookie must hold the key; a body must be JSON of a length that is allowed.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, request::Parts};
use mitoshi_core::text;

use crate::password::Password;
use crate::refused::Refused;
use crate::routes::{Access, Route};

/// The longest body.
pub(crate) const MOST_BODY: u64 = 1 << 20;

/// What every answer carries.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cache-control", "no-store"),
];

/// Who is let in.
pub(crate) struct Door {
    /// What the printed address holds.
    pub(crate) key: String,
    /// What the cookie holds; another secret, so that neither gives the other away.
    pub(crate) pass: String,
    /// The cookie's name: with the port, because ports share their cookies.
    pub(crate) cookie: String,
    /// The hosts by which we may be called, with the port.
    pub(crate) hosts: Vec<String>,
    /// True if nothing may be saved.
    pub(crate) read_only: bool,
    /// The password of who comes from another computer; absent where nobody can.
    pub(crate) password: Option<Password>,
}

impl Door {
    /// Judges a request by its head; `route` is absent where there is none.
    pub(crate) fn judge(&self, parts: &Parts, route: Option<&Route>) -> Result<(), Refused> {
        self.host(&parts.headers)?;
        self.origin(parts)?;
        let needs_pass = route.is_none_or(|route| !matches!(route.access, Access::Key | Access::Password));
        if needs_pass && !self.holds_pass(&parts.headers) {
            return Err(not_inside());
        }
        if route.is_some_and(|route| route.access == Access::Writing) && self.read_only {
            return Err(read_only());
        }
        let kind = match route.map(|route| route.access) {
            Some(Access::Password) => "application/x-www-form-urlencoded",
            _ => "application/json",
        };
        if parts.method == Method::POST { body(&parts.headers, kind) } else { Ok(()) }
    }

    /// True if this is the key of the printed address.
    pub(crate) fn is_key(&self, given: &str) -> bool {
        same(given, &self.key)
    }

    /// The line that lets a browser in.
    pub(crate) fn cookie(&self) -> String {
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie, self.pass)
    }

    fn host(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let mut given = headers.get_all(header::HOST).iter();
        let one = given.next().and_then(|host| host.to_str().ok()).map(str::to_ascii_lowercase);
        if given.next().is_none() && one.is_some_and(|host| self.hosts.contains(&host)) { Ok(()) } else { Err(foreign()) }
    }

    fn origin(&self, parts: &Parts) -> Result<(), Refused> {
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let mut given = parts.headers.get_all(header::ORIGIN).iter();
        let is_ours = |origin: &HeaderValue| {
            let origin = origin.to_str().unwrap_or_default();
            // Behind a proxy the page comes by https; who can choose an origin's host, has it.
            let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://").filter(|_| self.password.is_some()));
            host.is_some_and(|host| self.hosts.iter().any(|ours| ours == host))
        };
        let told = match given.next() {
            Some(origin) => is_ours(origin) && given.next().is_none(),
            None => reads,
        };
        // Opening an address is always allowed to ask; without the cookie it is shown the way in, and no more.
        let site = parts.headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        let opens = reads && parts.headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        let near = opens || matches!(site, None | Some("same-origin" | "none"));
        if told && near { Ok(()) } else { Err(foreign()) }
    }

    fn holds_pass(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == self.cookie).any(|(_, value)| same(value, &self.pass))
    }
}

/// Puts on what every answer carries.
pub(crate) fn dress(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

fn body(headers: &HeaderMap, wanted: &str) -> Result<(), Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some(wanted) {
        return Err(Refused::new(
            415,
            "not_json",
            text!("依頼の本文の種類が違います。", "the body is not of the kind that is expected"),
            text!("content-type: {wanted} で送ってください。", "send it with content-type: {wanted}"),
        ));
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > MOST_BODY) { Err(too_large()) } else { Ok(()) }
}

/// Compares secrets in a time that does not tell where they differ.
pub(crate) fn same(given: &str, secret: &str) -> bool {
    let differing = given.bytes().zip(secret.bytes()).fold(0_u8, |sum, (a, b)| sum | (a ^ b));
    given.len() == secret.len() && std::hint::black_box(differing) == 0
}

/// The body is longer than is allowed.
pub(crate) fn too_large() -> Refused {
    Refused::new(
        413,
        "too_large",
        text!("依頼の本文が 1 MiB を超えています。", "the body is larger than 1 MiB"),
        text!("分けて送ってください。", "send less at once"),
    )
}

fn foreign() -> Refused {
    Refused::new(
        403,
        "foreign",
        text!("ほかの場所からの依頼には答えません。", "requests from elsewhere are not answered"),
        text!("mitoshi serve が表示したアドレスを開いてください。", "open the address that mitoshi serve printed"),
    )
}

fn not_inside() -> Refused {
    Refused::new(
        401,
        "no_key",
        text!("この画面を使う鍵がありません。", "the key to this page is missing"),
        text!("mitoshi serve が表示したアドレスを開いてください。", "open the address that mitoshi serve printed"),
    )
}

fn read_only() -> Refused {
    Refused::new(
        403,
        "read_only",
        text!("読取り専用で起動しているため、保存できません。", "nothing can be saved: the workbench was started read-only"),
        text!("--read-only を付けずに起動し直してください。", "start it again without --read-only"),
    )
}
