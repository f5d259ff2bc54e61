// Where the person is, as the part of the address after `#`: view, scenario, indicator, year, what was changed. A link
// with it shows a colleague the same. `#view=outlook&scenario=baseline&set=window_outsourcing.scope@R7=2`

const PLAIN = ["view", "scenario", "against", "id", "year", "lang", "kind", "of"];

/** Reads it. Changes are a map from `ADDRESS@YEAR` (or `ADDRESS`) to a number; what is no number is left out. */
export function read(fragment = location.hash) {
  const place = { changes: new Map(), others: [] };
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const [name, value] = [part.slice(0, at), decode(part.slice(at + 1))];
    if (PLAIN.includes(name)) place[name] = value;
    if (name === "beside") place.others.push(value);
    const equals = value.lastIndexOf("=");
    const number = Number(value.slice(equals + 1));
    if (name === "set" && equals > 0 && value.slice(equals + 1).trim() && Number.isFinite(number)) place.changes.set(value.slice(0, equals), number);
  }
  return place;
}

/** Writes it. */
export function write(place) {
  const parts = PLAIN.filter((name) => place[name]).map((name) => `${name}=${encode(place[name])}`);
  for (const other of place.others) parts.push(`beside=${encode(other)}`);
  for (const [address, value] of place.changes) parts.push(`set=${encode(address)}=${value}`);
  return `#${parts.join("&")}`;
}

/** The address of another place: this one with something else in it. */
export const link = (place, others) => write({ ...place, ...others });

const encode = (text) => encodeURIComponent(text).replaceAll("%40", "@");

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
