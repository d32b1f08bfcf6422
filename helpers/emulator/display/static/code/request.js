// The request of a call's description, as it goes over the wire.

/** `{method, path: "/v1/…", form, headers}`; the form's values are texts or lists of them, and only a POST has one. */
export function requestOf({ method, path, form, ifMatch }) {
  const headers = ifMatch === undefined ? {} : { "If-Match": etag(ifMatch) };
  return { method, path: urlPath(path), form: method === "POST" ? texts(form) : undefined, headers };
}

function texts(form) {
  const pairs = Object.entries(form).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return Object.fromEntries(pairs);
}

/** The path of the URL; each part is encoded, so that none can lead elsewhere or mean anything to a shell. */
export function urlPath(path) {
  const encoded = path.map(encodePart).join("/");
  return path[0] === "_emulator" ? `/${encoded}` : `/v1/${encoded}`;
}

/** Text as a part of a URL, or as a name in a form. */
export function encodePart(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, percent);
}

function percent(character) {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A version as `If-Match` has it: in quotes, as the answer's ETag. */
export function etag(version) {
  return version === "*" ? version : `"${version}"`;
}
