// node node.js VERSION TRANSPORT[,TRANSPORT] URL prints one line of JSON for each feature. Ends when nothing is under way
// any more: what the last socket sends on leaving has to get out.
"use strict";
require("./features.js");
const [version, transports, url] = process.argv.slice(2);
globalThis
  .tryFeatures(
    require("socket.io-client-" + version),
    { url, version, transports: transports.split(","), bytes: (numbers) => Buffer.from(numbers) },
    (line) => console.log(JSON.stringify(line)),
  )
  .then(() => setTimeout(() => process.exit(0), 5000).unref());
