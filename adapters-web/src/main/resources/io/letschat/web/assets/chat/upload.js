// One file on its way to the server. XMLHttpRequest, because fetch does not say how far it has come.

import { address } from "./base-path.js";
import { say } from "./sentences.js";

/** Begins to send; `finished` resolves to {message}, {problem, final?}, {signedOut} or {cancelled}. */
export function upload(roomId, id, file, progress) {
  const request = new XMLHttpRequest();
  const finished = new Promise((resolve) => {
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) {
        progress(event.loaded / event.total);
      }
    });
    request.addEventListener("load", () => resolve(outcome(request)));
    request.addEventListener("error", () => resolve({ problem: say("browser.upload.broken") }));
    request.addEventListener("timeout", () => resolve({ problem: say("browser.upload.no-answer") }));
    request.addEventListener("abort", () => resolve({ cancelled: true }));
  });
  const form = new FormData();
  form.append("room_id", roomId);
  form.append("client_message_id", id);
  form.append("file", file, file.name);
  request.open("POST", address("/api/upload"));
  request.setRequestHeader("Accept", "application/json");
  request.timeout = 10 * 60_000;
  request.send(form);
  return { finished, cancel: () => request.abort() };
}

function outcome(request) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // Something between us and the server answered; the status says enough.
  }
  if (request.status === 201 && answer.message) {
    return { message: answer.message };
  }
  if (request.status === 401) {
    return { signedOut: true };
  }
  const final = [404, 413, 415, 422].includes(request.status);
  return { problem: answer.message ?? say("browser.answered", { status: `${request.status}` }), final };
}
