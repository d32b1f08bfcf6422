// A resource as the API answers it now: whole, and read again whenever its record changes.

import { act } from "../core/act.js";
import { useEffect, useState } from "../vendor/preact.js";

/**
 * `{record, version, read()}` of what `call`, the description of a GET, reads; the last answer stays if the resource is gone.
 * `record` is its record in the store: another one means that it has changed. `read` reads at once and returns the answer.
 */
export function useResource(call, record) {
  const [answer, setAnswer] = useState({ record: null, version: undefined });
  const key = call.path.join("/");
  const read = async () => {
    const found = await act(call);
    if (found.ok) setAnswer({ key, record: found.record, version: found.version });
    return found;
  };
  useEffect(() => {
    let wanted = true;
    act(call).then((found) => wanted && found.ok && setAnswer({ key, record: found.record, version: found.version }));
    return () => {
      wanted = false;
    };
  }, [key, record]);
  return { ...(answer.key === key ? answer : { record: null, version: undefined }), read };
}
