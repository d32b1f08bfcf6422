// The pages, in the order of the navigation: one line each. `count(state)` is what stands at the right of the entry; a page
// with `wide` is about the emulator, not about one Workspace. `key` goes there after G.

import { ActivitiesPage } from "./activities/activities_page.js";
import { BoardPage } from "./board/board_page.js";
import { ClockPage } from "./clock/clock_page.js";
import { values } from "./counts.js";
import { EventsPage } from "./events/events_page.js";
import { QueuesPage } from "./queues/queues_page.js";
import { RequestsPage } from "./requests/requests_page.js";
import { ReservationsPage } from "./reservations/reservations_page.js";
import { SettingsPage } from "./settings/settings_page.js";
import { TasksPage } from "./tasks/tasks_page.js";
import { WorkersPage } from "./workers/workers_page.js";
import { WorkflowsPage } from "./workflows/workflows_page.js";

export const PAGES = [
  { name: "board", title: "Board", group: "", key: "b", component: BoardPage },
  { name: "tasks", title: "Tasks", group: "", key: "t", component: TasksPage, count: values("tasks") },
  {
    name: "reservations",
    title: "Reservations",
    group: "",
    component: ReservationsPage,
    count: values("reservations"),
  },
  { name: "workers", title: "Workers", group: "", key: "w", component: WorkersPage, count: values("workers") },
  {
    name: "queues",
    title: "TaskQueues",
    group: "Set-up",
    key: "q",
    component: QueuesPage,
    count: values("task_queues"),
  },
  {
    name: "workflows",
    title: "Workflows",
    group: "Set-up",
    key: "f",
    component: WorkflowsPage,
    count: values("workflows"),
  },
  { name: "activities", title: "Activities", group: "Set-up", component: ActivitiesPage, count: values("activities") },
  { name: "settings", title: "Settings", group: "Set-up", key: "s", component: SettingsPage },
  { name: "requests", title: "Requests", group: "Inspect", key: "r", component: RequestsPage, wide: true },
  { name: "events", title: "Events", group: "Inspect", key: "e", component: EventsPage },
  { name: "clock", title: "Clock", group: "Inspect", key: "c", component: ClockPage, wide: true },
];
