// What the API would refuse, said before anything is sent, and the field that a refusal is about.

import { compact, lengthOf, problemOf } from "../../code/json_text.js";
import { LIMITS } from "./task_draft.js";

/** Sentences by the name of the field; empty if nothing is known to be wrong. */
export function problemsOf({ workflow, attributes, priority, timeout }, { workflows }) {
  const found = {
    workflow: workflow in workflows ? "" : workflowProblem(workflow),
    attributes: attributesProblem(attributes),
    priority: priorityProblem(priority),
    timeout: numberProblem(timeout, 1, LIMITS.timeout),
  };
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words));
}

/** The field that Twilio's message names, or null. */
export function fieldOf({ message }) {
  return Object.keys(PARAMETERS).find((field) => message.includes(PARAMETERS[field])) ?? null;
}

const PARAMETERS = {
  attributes: "Attributes",
  channel: "TaskChannel",
  priority: "Priority",
  timeout: "Timeout",
  workflow: "WorkflowSid",
};

function workflowProblem(workflow) {
  return workflow
    ? "This Workflow no longer exists. Choose a different one."
    : "A Task needs a Workflow. Create one first.";
}

/** What is wrong with a priority; empty if nothing is. */
export function priorityProblem(text) {
  return numberProblem(text, 0, LIMITS.priority);
}

function numberProblem(text, least, most) {
  const number = Number(text);
  if (/^\s*\d+\s*$/.test(text) && number >= least && number <= most) return "";
  return `Write a whole number from ${least} to ${most.toLocaleString("en")}.`;
}

/** What is wrong with attributes; empty if nothing is. */
export function attributesProblem(text) {
  const count = lengthOf(compact(text));
  if (count <= LIMITS.attributes) return problemOf(text)?.words ?? "";
  return `${count.toLocaleString("en")} of ${LIMITS.attributes.toLocaleString("en")} characters.`;
}
