// The page of Reservations: who was offered which Task, and what became of it; one of them beside the list.

import { Page } from "../../components/page.js";
import { go, useRoute } from "../../core/router.js";
import { FilterField } from "../../lists/filter_field.js";
import { html } from "../../vendor/preact.js";
import { ReservationDrawer } from "./reservation_drawer.js";
import { ReservationList } from "./reservation_list.js";

/** `…/reservations` and `…/reservations/WR…`. */
export function ReservationsPage({ page }) {
  const here = useRoute();
  const list = { ...here, sid: null, tab: null, query: { ...here.query, as: null } };
  const beside = here.sid && html`<${ReservationDrawer} key=${here.sid} sid=${here.sid} close=${() => go(list)} />`;
  const actions = html`<${FilterField} label="Filter Reservations" />`;
  return html`<${Page} title=${page.title} actions=${actions} beside=${beside}><${ReservationList} /></${Page}>`;
}
