// The list of Reservations: those that are open above, then the latest.

import { Button } from "../../components/button.js";
import { Segments } from "../../components/segments.js";
import { Table } from "../../components/table.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords, useStore } from "../../core/store.js";
import { Age, Left } from "../../marks/age.js";
import { Empty } from "../../marks/empty.js";
import { Json } from "../../marks/json.js";
import { Name } from "../../marks/name.js";
import { Pill } from "../../marks/pill.js";
import { Sid } from "../../marks/sid.js";
import { html, useMemo } from "../../vendor/preact.js";
import { isOpen } from "./reservation_facts.js";

const STATUSES = ["pending", "accepted", "wrapping", "completed", "rejected", "timeout", "rescinded", "canceled"];

const COLUMNS = [
  {
    key: "status",
    title: "Status",
    width: "104px",
    cell: (each) => html`<${Pill} status=${each.reservation_status} />`,
  },
  { key: "sid", title: "Reservation", width: "104px", cell: ({ sid }) => html`<${Sid} sid=${sid} />` },
  {
    key: "worker",
    title: "Worker",
    width: "minmax(80px, 0.6fr)",
    cell: (each) => html`<${Name} text=${each.worker_name} keepEnd />`,
  },
  {
    key: "task",
    title: "Task",
    width: "minmax(120px, 1fr)",
    cell: (each) => html`<${Attributes} reservation=${each} />`,
  },
  { key: "channel", title: "Channel", width: "64px", cell: (each) => html`<${Channel} reservation=${each} />` },
  {
    key: "left",
    title: "Left",
    width: "60px",
    number: true,
    cell: (each) => html`<${TimeLeft} reservation=${each} />`,
  },
  {
    key: "age",
    title: "Age",
    width: "56px",
    number: true,
    cell: (each) => html`<${Age} since=${each.date_created} />`,
  },
];

export function ReservationList() {
  const here = useRoute();
  const { status = "", q = "" } = here.query;
  const all = useRecords("reservations");
  const tasks = useStore((state) => state.records.tasks);
  const counts = useMemo(() => Map.groupBy(all, (each) => each.reservation_status), [all]);
  const rows = useMemo(() => listed(all, tasks, status, q), [all, tasks, status, q]);
  const ask = (query) => go({ ...here, query: { ...here.query, ...query } }, { replace: true });
  if (!all.length) return html`<${NoReservations} workspace=${here.workspace} />`;
  const segments = [{ key: "", text: "All", count: all.length }, ...STATUSES.map((key) => segment(key, counts))];
  return html`<${Segments} label="Status" items=${segments} chosen=${status} choose=${(key) => ask({ status: key })} />
    <${Table}
      label="Reservations"
      columns=${COLUMNS}
      rows=${rows}
      keyOf=${({ sid }) => sid}
      chosen=${here.sid}
      to=${({ sid }) => ({ ...here, sid, tab: null })}
      narrow=${narrowRow}
      empty=${html`<${NothingFound} status=${status} query=${q} clear=${() => ask({ status: "", q: "" })} />`}
    />`;
}

function segment(key, counts) {
  return { key, text: key, glyph: key, count: counts.get(key)?.length ?? 0 };
}

/** Open ones first, the newest above; those of a status, with a Worker, an SID, attributes or a channel that hold `query`. */
function listed(all, tasks, status, query) {
  const wanted = query.trim().toLowerCase();
  const holds = (each) => {
    const { attributes = "", task_channel_unique_name: channel = "" } = tasks[each.task_sid] ?? {};
    const texts = [each.worker_name, each.sid, each.task_sid, each.worker_sid, attributes, channel];
    return texts.some((text) => text.toLowerCase().includes(wanted));
  };
  const found = all.filter((each) => (!status || each.reservation_status === status) && (!wanted || holds(each)));
  const rank = (each) => (isOpen(each) ? 0 : 1);
  return found.reverse().sort((one, other) => rank(one) - rank(other));
}

function narrowRow(each) {
  return html`<${Pill} status=${each.reservation_status} />
    <div class="tr-line-pair"><b><${Name} text=${each.worker_name} /></b><div class="tr-soft"><${Channel} reservation=${each} /> · <${Attributes} reservation=${each} /></div></div>
    <${Age} since=${each.date_created} />`;
}

function Attributes({ reservation }) {
  const task = useStore((state) => state.records.tasks[reservation.task_sid]);
  return task ? html`<${Json} text=${task.attributes} />` : html`<span class="tr-soft">Its Task is gone</span>`;
}

/** The channel is the Task's. */
function Channel({ reservation }) {
  const name = useStore((state) => state.records.tasks[reservation.task_sid]?.task_channel_unique_name);
  return name && html`<${Name} text=${name} />`;
}

function TimeLeft({ reservation }) {
  return (
    reservation.expires &&
    reservation.reservation_status === "pending" &&
    html`<${Left} until=${reservation.expires} />`
  );
}

function NoReservations({ workspace }) {
  const button = html`<${Button} onClick=${() => go({ page: "tasks", workspace })}>Show Tasks</${Button}>`;
  const text = "TaskRouter creates one when an eligible Worker becomes available for a waiting Task.";
  return html`<${Empty} bold="No Reservations yet." text=${text} button=${button} />`;
}

function NothingFound({ status, query, clear }) {
  const bold = query
    ? `No ${status ? `${status} ` : ""}Reservation matches "${query}".`
    : `No Reservation is ${status}.`;
  return html`<${Empty} bold=${bold} button=${html`<${Button} onClick=${clear}>Clear filter</${Button}>`} />`;
}
