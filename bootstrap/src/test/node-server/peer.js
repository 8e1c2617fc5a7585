// node peer.js PORT DATABASE_URL: what a program of Node's would do: one look-up for each client that connects, from a pool
// of ten. Serves the same tokens, by the same table.
const { createServer } = require("node:http");
const { Pool } = require("pg");
const { Server } = require("socket.io");

const [port, connectionString] = process.argv.slice(2);
const pool = new Pool({ connectionString, max: 10 });
pool.on("error", () => {});
const http = createServer();
const io = new Server(http, { allowEIO3: true });

function sessionOf({ auth, headers }) {
  const token = auth.token ?? String(headers.authorization).replace("Bearer ", "");
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url")).sid;
}

io.use(async (socket, next) => {
  try {
    const { rowCount } = await pool.query(
      "select u.id from sessions s join users u on u.auth_id = s.auth_id where s.id = $1 and s.expires_at > now()",
      [sessionOf(socket.handshake)],
    );
    next(rowCount ? undefined : new Error("unauthorized"));
  } catch (e) {
    next(new Error("unavailable"));
  }
});
http.listen(Number(port), "127.0.0.1", () => console.log(JSON.stringify({ address: `http://127.0.0.1:${http.address().port}` })));
