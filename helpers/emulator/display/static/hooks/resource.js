// A resource as the API answers it now: whole, and read again whenever its record changes.

import { act } from "../core/act.js";
import { useEffect, useState } from "../vendor/preact.js";

const NOTHING = { key: null, record: null, version: undefined, refusal: null };

/**
 * `{record, version, refusal, read()}` of what `call`, the description of a GET, reads; the last answer stays if the resource
 * is gone. `record` is its record in the store: another one means that it has changed. `read` reads at once and returns the
 * answer.
 */
export function useResource(call, record) {
  const [answer, setAnswer] = useState(NOTHING);
  const key = call.path.join("/");
  const take = ({ ok, record: now, version, refusal }) =>
    setAnswer((last) =>
      ok ? { key, record: now, version, refusal: null } : { ...(last.key === key ? last : NOTHING), key, refusal },
    );
  const read = async () => {
    const found = await act(call);
    take(found);
    return found;
  };
  useEffect(() => {
    let wanted = true;
    act(call).then((found) => wanted && take(found));
    return () => {
      wanted = false;
    };
  }, [key, record]);
  return { ...(answer.key === key ? answer : NOTHING), read };
}
