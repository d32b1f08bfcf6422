// All that the emulator knows about a request, read again when it changes; and sending it again.

import { call, HostGone } from "../../core/hosts/host.js";
import { useEffect, useRef, useState } from "../../vendor/preact.js";

const STOPPED = "It isn't known if it was sent. Your text is kept.";

/** `{detail, missing}` of a request; `summary` is what the list knows, another object whenever it changed. */
export function useDetail(number, summary) {
  const [read, set] = useState({ detail: null, missing: false });
  useEffect(() => {
    let wanted = true;
    const put = ({ status, body }) => {
      if (!wanted) return;
      if (status === 200) set({ detail: body, missing: false });
      else set((before) => ({ ...before, missing: true }));
    };
    call({ method: "GET", path: `/portal/requests/${encodeURIComponent(number)}` }).then(put, (error) => {
      if (!(error instanceof HostGone)) throw error; // the header says that nobody answers
    });
    return () => {
      wanted = false;
    };
  }, [number, summary]);
  return read;
}

/** `{busy, refusal, send(form)}`; `send` sends a request again, as it was or with `form`, and returns the new number or null. */
export function useResending(number) {
  const [state, set] = useState({ busy: false, refusal: null });
  const sending = useRef(false);
  async function send(form) {
    if (sending.current) return null; // a double click
    sending.current = true;
    set({ busy: true, refusal: null });
    const { sent, refusal } = await resend(number, form);
    sending.current = false;
    set({ busy: false, refusal });
    return sent;
  }
  return { ...state, send };
}

async function resend(number, form) {
  try {
    const { status, body } = await call({ method: "POST", path: `/portal/requests/${number}/replay`, form });
    if (status === 200) return { sent: body.number, refusal: null };
    const message = status === 404 ? "This request is no longer stored, or the emulator was reset." : body?.message;
    return {
      sent: null,
      refusal: { status: null, code: null, message: message ?? `The answer had status ${status}.` },
    };
  } catch (error) {
    if (!(error instanceof HostGone)) throw error;
    return { sent: null, refusal: { status: null, code: null, message: error.message, hint: STOPPED } };
  }
}
