// A call as a recording keeps it, and how the calls of two senders for one post differ. The
// sandbox's log has the members of a JSON body as texts: whether a number stood in quotes is not
// seen here.

const kHeaders = [
  "authorization",
  "content-range",
  "x-upload-content-length",
  "x-upload-content-type",
];

// A connection's calls are no post's: tokens, and the account's figures, read in the background.
const kOfNoPost = /\/(access_token|token|users\/me|api\/v1\/me|v3\/channels)$/;

// Ids differ from run to run, and where a file is cut from sender to sender.
const withoutIds = (ids) => (text) =>
  ids
    .reduce((all, id) => all.replaceAll(id, "{id}"), text)
    .replace(/\b\d{15,}\b|\bt3_\w+/g, "{id}")
    .replace(/^bytes \d+-\d+/, "bytes {from}-{to}");

function kept({ method, host, path, headers, query, fields }, plain) {
  const value = (text) => {
    if (Array.isArray(text)) return text.map(value);
    if (!/^[[{]./.test(text)) return plain(text);
    try {
      return JSON.parse(text, (_, one) => (typeof one === "string" ? plain(one) : one));
    } catch {
      return plain(text); // Words that begin like that.
    }
  };
  const lowered = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]);
  const shown = { call: `${method} ${host}${plain(path)}` };
  const type = Object.fromEntries(lowered)["content-type"];
  if (type) shown.content_type = type.split(";")[0];
  const parts = {
    headers: lowered.filter(([name]) => kHeaders.includes(name)),
    query: Object.entries(query),
    fields: Object.entries(fields),
  };
  for (const [part, all] of Object.entries(parts)) {
    const members = all.map(([name, text]) => [name, value(text)]).toSorted();
    if (members.length > 0) shown[part] = Object.fromEntries(members);
  }
  if (shown.fields?.segment_index) shown.fields.segment_index = "{n}";
  return shown;
}

/** Of the sandbox's log, oldest first, what was asked for a post. Calls in a row that are then the
 * same, chunks and polls, stand as one. ids: those that are not known by their form. */
export function recording(calls, ids) {
  const asked = calls.filter(({ path }) => !kOfNoPost.test(path));
  const all = asked.map((call) => kept(call, withoutIds(ids)));
  return all.filter((call, i) => JSON.stringify(call) !== JSON.stringify(all[i - 1]));
}

function leaves(of, path = "") {
  if (typeof of !== "object" || Array.isArray(of)) return [[path, JSON.stringify(of)]];
  return Object.entries(of).flatMap(([name, one]) => leaves(one, path ? `${path}.${name}` : name));
}

function within(key, there, here) {
  const members = ({ call, ...rest }) => leaves({ host: call.split(/[ /]/)[1], ...rest });
  const [theirs, ours] = [there, here].map((call) => new Map(members(call)));
  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter((name) => theirs.get(name) !== ours.get(name))
    .map((name) => `${key}: ${name}: ${theirs.get(name) ?? "-"} | ${ours.get(name) ?? "-"}`);
}

// Method and path say which call answers to which, where they repeat with a number.
function keyed(calls) {
  const all = new Map();
  for (const call of calls) {
    const key = call.call.replace(/ [^/]*/, " ");
    let number = 1;
    while (all.has(`${key} #${number}`)) number += 1;
    all.set(`${key} #${number}`, call);
  }
  return all;
}

/** Every difference in a line: "only there: call", "only here: call", "call: member: there | here",
 * or that the calls they share come in another order. There is the client's side. */
export function differences(there, here) {
  const [theirs, ours] = [there, here].map(keyed);
  const shared = [...theirs.keys()].filter((key) => ours.has(key));
  const order = [...ours.keys()].filter((key) => theirs.has(key));
  return [
    ...[...theirs.keys()].filter((key) => !ours.has(key)).map((key) => `only there: ${key}`),
    ...[...ours.keys()].filter((key) => !theirs.has(key)).map((key) => `only here: ${key}`),
    ...(shared.join() === order.join() ? [] : [`another order: ${order.join(", ")}`]),
    ...shared.flatMap((key) => within(key, theirs.get(key), ours.get(key))),
  ].map((line) => line.replaceAll(" #1", ""));
}
