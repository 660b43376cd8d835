// Whether a click into the middle of arguments[0] reaches it, now and after two frames; brings it into sight first.
const element = arguments[0];
const box = () => {
  const rect = element.getClientRects()[0] || element.getBoundingClientRect();
  return { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 };
};
const reached = (at) => {
  const hit = document.elementFromPoint(at.x, at.y);
  return !!hit && (element.contains(hit) || hit.contains(element));
};
const frame = () =>
  new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 60);
  });
if (!element.isConnected) return true;
let before = box();
if (!reached(before)) {
  element.scrollIntoView({ block: 'center', inline: 'nearest' });
  before = box();
}
return frame()
  .then(frame)
  .then(() => {
    const after = box();
    return Math.abs(after.x - before.x) < 1 && Math.abs(after.y - before.y) < 1 && reached(after);
  });
