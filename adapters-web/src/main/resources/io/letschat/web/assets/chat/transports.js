// By which transport the next connection is tried. WebSocket comes first; where it hangs, fails or does not exist, as
// behind proxies that swallow the upgrade, polling does. A connection that began by polling upgrades by itself where it
// can, so nobody is left there for good.

const FIRST_TRY_MS = 4_000;
const LONGEST_TRY_MS = 20_000;
const KEY = "letschat.transport";

/** Lets the manager of a Socket.IO connection alternate between the two until one of them connects. */
export function alternateTransports(manager) {
  const possible = typeof WebSocket === "function";
  let webSocketFirst = possible && remembered() !== "polling";
  let patience = FIRST_TRY_MS;
  let open = false;

  const prefer = (webSocket) => {
    webSocketFirst = possible && webSocket;
    manager.opts.transports = webSocketFirst ? ["websocket", "polling"] : ["polling", "websocket"];
    manager.timeout(webSocketFirst ? patience : LONGEST_TRY_MS);
  };
  const works = (transport) => {
    remember(transport);
    patience = FIRST_TRY_MS;
    prefer(transport === "websocket");
  };

  manager.on("open", () => {
    open = true;
    works(manager.engine.transport.name);
    manager.engine.once("upgrade", (transport) => works(transport.name));
  });
  manager.on("close", () => (open = false));
  manager.on("error", () => {
    if (!open) {
      patience = Math.min(patience * (webSocketFirst ? 2 : 1), LONGEST_TRY_MS);
      prefer(!webSocketFirst);
    }
  });
  prefer(webSocketFirst);
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(transport) {
  try {
    if (transport === "polling") {
      localStorage.setItem(KEY, transport);
    } else {
      localStorage.removeItem(KEY);
    }
  } catch {
    // Without storage the next page finds out anew.
  }
}
