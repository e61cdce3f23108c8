#include "crash/disk.h"

#include <atomic>

#include "crash/recorder.h"

namespace tenfold::test {
namespace {

std::atomic<Disk*> current = nullptr;

std::string parent_of(const std::string& name) { return fs::path(name).parent_path().string(); }

bool is_possible(const State& state, const Event& event) {
  for (const auto& [name, entry] : event.names) {
    if (!entry) continue;
    const std::string parent = parent_of(name);
    if (!parent.empty() && !state.names.contains(parent)) return false;
  }
  return true;
}

void apply(State& state, const Event& event) {
  switch (event.kind) {
    case Event::Kind::kNames:
      if (!is_possible(state, event)) return;
      for (const auto& [name, entry] : event.names)
        if (entry)
          state.names[name] = *entry;
        else
          state.names.erase(name);
      return;
    case Event::Kind::kWrite:
      state.content(event.file) += event.bytes;
      return;
    case Event::Kind::kTruncate:
      state.content(event.file).resize(event.length);
      return;
    case Event::Kind::kSyncAll:
    case Event::Kind::kSyncFile:
      return;
  }
}

// Of the writes to one file that nobody synced: all, a part, or the length without the bytes.
void apply_some(State& state, const Event& event, std::mt19937_64& random) {
  if (event.kind != Event::Kind::kWrite) {
    if (random() % 2 == 0) apply(state, event);
    return;
  }
  Event some = event;
  switch (random() % 4) {
    case 0:
      return;
    case 1:
      some.bytes.resize(random() % (event.bytes.size() + 1));
      break;
    case 2:
      some.bytes.assign(event.bytes.size(), '\0');
      break;
    default:
      break;
  }
  apply(state, some);
}

void write_state(State& state, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& [name, entry] : state.names) {  // parents come first
    const fs::path path = folder / name;
    if (!fs::is_directory(path.parent_path())) continue;
    if (entry.kind == Entry::Kind::kFolder) fs::create_directory(path);
    if (entry.kind == Entry::Kind::kLink) fs::create_symlink(entry.target, path);
    if (entry.kind == Entry::Kind::kFile) std::ofstream(path, std::ios::binary) << state.content(entry.file);
  }
}

}  // namespace

Disk* current_disk() { return current; }

Disk::Disk(fs::path root) : recorder_(std::make_unique<Recorder>(std::move(root))) { current = this; }

Disk::~Disk() { stop(); }

void Disk::stop() { current = nullptr; }

std::size_t Disk::events() const {
  const std::lock_guard lock(recorder_->mutex_);
  return recorder_->events_.size();
}

void Disk::cut(std::size_t events, Loss loss, std::uint64_t seed, const fs::path& folder) const {
  State state = recorder_->start_;
  std::vector<Event> unsynced;
  const auto settle = [&](const auto& is_synced) {
    std::vector<Event> rest;
    for (Event& event : unsynced)
      if (is_synced(event))
        apply(state, event);
      else
        rest.push_back(std::move(event));
    unsynced = std::move(rest);
  };
  for (std::size_t i = 0; i < events; ++i) {
    const Event& event = recorder_->events_[i];
    if (event.kind == Event::Kind::kSyncAll) {
      settle([](const Event&) { return true; });
    } else if (event.kind == Event::Kind::kSyncFile) {
      settle([&](const Event& one) { return one.kind != Event::Kind::kNames && one.file == event.file; });
    } else {
      unsynced.push_back(event);
    }
  }
  std::mt19937_64 random(seed);
  const std::size_t later = unsynced.empty() ? 0 : random() % (unsynced.size() + 1);
  for (std::size_t i = 0; i < unsynced.size(); ++i) {
    if (loss == Loss::kNothing || (loss == Loss::kLater && i < later)) apply(state, unsynced[i]);
    if (loss == Loss::kAny) apply_some(state, unsynced[i], random);
  }
  write_state(state, folder);
}

}  // namespace tenfold::test
