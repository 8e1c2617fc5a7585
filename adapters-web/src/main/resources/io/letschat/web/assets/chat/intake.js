// How files come in: picked, pasted or dropped. What is pasted or dropped may be text that brings a picture of itself
// along, as cells of a spreadsheet do: then it is the text that is wanted.

/** `notify` receives files(files), and text(text) where text was dropped beside the field. */
export function takeFiles({ button, input, field, zone }, notify) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    notify.files(input.files);
    input.value = "";
  });
  field.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0 && !isText(event.clipboardData)) {
      event.preventDefault();
      notify.files(event.clipboardData.files);
    }
  });
  takeDrops(zone, (event) => {
    if (field.disabled) {
      event.preventDefault();
    } else if (!isText(event.dataTransfer)) {
      event.preventDefault();
      notify.files(event.dataTransfer.files);
    } else if (event.target !== field) {
      event.preventDefault();
      notify.text(event.dataTransfer.getData("text/plain"));
    }
  });
}

function takeDrops(zone, drop) {
  let depth = 0; // of elements that the pointer has entered and not left
  const leave = () => {
    depth = 0;
    zone.classList.remove("dropping");
  };
  zone.addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) {
      depth += 1;
      zone.classList.add("dropping");
    }
  });
  zone.addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) {
      leave();
    }
  });
  addEventListener("dragover", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      if (!zone.contains(event.target)) {
        event.dataTransfer.dropEffect = "none"; // else the browser would leave the page for the file
      }
    }
  });
  zone.addEventListener("drop", (event) => {
    if (carriesFiles(event)) {
      leave();
      drop(event);
    }
  });
}

function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

/** Whether there are words. An image copied from a page is none, nor are files that bring their names or paths. */
function isText(data) {
  const plain = data.getData("text/plain").trim();
  const html = data.getData("text/html");
  if (plain === "") {
    return false;
  }
  return html === "" ? !namesOnly(plain, data.files) : hasWords(html);
}

function hasWords(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  body.querySelectorAll("style, script").forEach((element) => element.remove());
  return body.textContent.trim() !== "";
}

function namesOnly(plain, files) {
  const names = new Set([...files].map((file) => file.name));
  return plain.split(/[\r\n]+/u).every((line) => names.has(decoded(line.trim().split(/[/\\]/u).at(-1))));
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
