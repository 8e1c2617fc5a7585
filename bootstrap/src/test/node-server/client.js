// The official client, unchanged: joins a room when it is new, and says what happens to it, a line of JSON each.
const { io } = require("socket.io-client");

const [address, token, room, transport] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));
const socket = io(address, {
  auth: { token },
  transports: [transport],
  reconnectionDelay: 50,
  reconnectionDelayMax: 200,
});

socket.on("new message", ({ seq }) => say({ seq }));
socket.on("disconnect", (reason) => say({ disconnected: reason }));
socket.on("connect", async () => {
  say({ connected: socket.id, recovered: socket.recovered });
  if (!socket.recovered) {
    const ack = await socket.emitWithAck("join room", { room_id: Number(room) });
    say({ joined: ack.room.last_seq });
  }
});
