#include "media/disk_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#include "media/disk_file.h"
#include "media/spelled_id.h"

namespace herald::media {
namespace {

constexpr char kEscape = '%';

std::string spell(std::string_view id) { return spell_id(id, kEscape); }

// The folders in a folder whose names are ids.
std::vector<std::string> ids_in(const std::filesystem::path& folder, std::error_code& error) {
  std::vector<std::string> ids;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (!it->is_directory() || it->is_symlink()) continue;
    if (auto id = read_spelled(it->path().filename().string(), kEscape))
      ids.push_back(std::move(*id));
  }
  return ids;
}

constexpr std::string_view kFresh = "new.";  // A rendition while it is being written.

const char* name_of(MediaPart part) {
  switch (part) {
    case MediaPart::jpeg:
      return "jpeg";
    case MediaPart::preview:
      return "preview";
    case MediaPart::original:
      break;
  }
  return "original";
}

// One place's files, as the disk counts them: what is set aside counts too.
std::uint64_t occupied(const std::filesystem::path& place) {
  std::uint64_t bytes = 0;
  std::error_code gone;  // Removed meanwhile: counts nothing.
  for (std::filesystem::directory_iterator it(place, gone), end; !gone && it != end;
       it.increment(gone)) {
    struct stat info{};
    if (::lstat(it->path().c_str(), &info) != 0) continue;
    bytes += static_cast<std::uint64_t>(
        std::max<std::int64_t>(info.st_size, std::int64_t{info.st_blocks} * 512));
  }
  return bytes;
}

}  // namespace

Result<std::unique_ptr<DiskFolder>> DiskFolder::open_root(std::string root, DiskLimits limits) {
  std::error_code error;
  std::filesystem::create_directories(root, error);
  if (error || ::access(root.c_str(), W_OK | X_OK) != 0) {
    return fail(ErrorKind::unavailable,
                "The media folder " + root + " cannot be written. Check its owner and its disk.",
                error ? error.message() : "no permission");
  }
  if (::chmod(root.c_str(), 0700) != 0) return disk_failure("chmod", errno);
  // The operator may have put a link to another disk here; within it none is followed.
  const auto place = std::filesystem::canonical(root, error);
  if (error) return disk_failure("realpath", error.value());
  return std::unique_ptr<DiskFolder>(new DiskFolder(place.string(), limits));
}

std::string DiskFolder::place_of(const CustomerId& customer) const {
  return root_ + "/" + spell(customer.value);
}

std::string DiskFolder::place_of(const CustomerId& customer, const MediaId& id) const {
  return place_of(customer) + "/" + spell(id.value);
}

Result<Done> DiskFolder::check_room(const CustomerId& customer, std::uint64_t bytes) {
  HERALD_TRY(const auto used, used_bytes(customer));
  struct statvfs disk{};
  if (::statvfs(root_.c_str(), &disk) != 0) return disk_failure("statvfs", errno);
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (used > limits_.customer_bytes_max || bytes > limits_.customer_bytes_max - used) {
    return disk_failure("customer's quota", EDQUOT);
  }
  if (free < limits_.free_bytes_min || bytes > free - limits_.free_bytes_min) {
    return disk_failure("free space", ENOSPC);
  }
  return Done{};
}

Result<Done> DiskFolder::create(const CustomerId& customer, const MediaId& id,
                                std::uint64_t expected_bytes) {
  const std::lock_guard lock(places_);
  HERALD_CHECK(check_room(customer, expected_bytes));
  const auto place = place_of(customer, id);
  HERALD_CHECK(make_folder(place_of(customer)));
  HERALD_CHECK(make_folder(place));
  const auto path = place + "/" + name_of(MediaPart::original);
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file && errno == EEXIST) {
    return fail(ErrorKind::conflict, "This upload was begun already.");
  }
  if (!file) return disk_failure("open", errno);
  // Not every disk can set space aside; the others say so when they are full.
  if (expected_bytes > 0 &&
      ::fallocate(file.get(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(expected_bytes)) != 0 &&
      (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) {
    auto full = disk_failure("fallocate", errno);
    ::unlink(path.c_str());
    ::rmdir(place.c_str());
    return full;
  }
  HERALD_CHECK(sync_folder(place));
  HERALD_CHECK(sync_folder(place_of(customer)));
  return sync_folder(root_);
}

Result<std::unique_ptr<MediaWriter>> DiskFolder::open_for_append(const CustomerId& customer,
                                                                 const MediaId& id,
                                                                 std::uint64_t offset) {
  HERALD_TRY(auto file, open_file(*path_of(customer, id, MediaPart::original), O_WRONLY));
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return disk_failure("fstat", errno);
  const auto end = static_cast<std::uint64_t>(info.st_size);
  if (offset != end) {
    return fail(ErrorKind::conflict,
                "The upload stands at byte " + std::to_string(end) + ". Go on from there.");
  }
  return make_disk_writer(std::move(file), end);
}

Result<std::uint64_t> DiskFolder::size(const CustomerId& customer, const MediaId& id) {
  struct stat info{};
  const auto path = *path_of(customer, id, MediaPart::original);
  if (::lstat(path.c_str(), &info) != 0) return disk_failure("lstat", errno);
  return static_cast<std::uint64_t>(info.st_size);
}

Result<Done> DiskFolder::put(const CustomerId& customer, const MediaId& id, MediaPart part,
                             std::string_view bytes) {
  const std::lock_guard lock(places_);
  HERALD_CHECK(check_room(customer, bytes.size()));
  const auto place = place_of(customer, id);
  auto fresh = place + "/" + std::string(kFresh) + "XXXXXX";
  Descriptor file(::mkostemp(fresh.data(), O_CLOEXEC));  // 0600.
  if (!file) return disk_failure("mkostemp", errno);
  auto written = write_all(file, bytes, 0);
  if (written && ::fsync(file.get()) != 0) written = disk_failure("fsync", errno);
  if (written && ::rename(fresh.c_str(), (place + "/" + name_of(part)).c_str()) != 0) {
    written = disk_failure("rename", errno);
  }
  if (!written) {
    ::unlink(fresh.c_str());
    return written;
  }
  return sync_folder(place);
}

Result<std::unique_ptr<MediaReader>> DiskFolder::open(const CustomerId& customer, const MediaId& id,
                                                      MediaPart part, std::uint64_t offset) {
  HERALD_TRY(auto file, open_file(*path_of(customer, id, part), O_RDONLY));
  return make_disk_reader(std::move(file), offset);
}

std::optional<std::string> DiskFolder::path_of(const CustomerId& customer, const MediaId& id,
                                               MediaPart part) {
  return place_of(customer, id) + "/" + name_of(part);
}

Result<Done> DiskFolder::remove(const CustomerId& customer, const MediaId& id) {
  const std::lock_guard lock(places_);
  std::error_code error;
  std::filesystem::remove_all(place_of(customer, id), error);
  if (error) return disk_failure("remove", error.value());
  // The customer's own folder goes with their last medium; while others are there this fails.
  if (::rmdir(place_of(customer).c_str()) == 0) return sync_folder(root_);
  auto synced = sync_folder(place_of(customer));
  if (!synced && synced.error().kind == ErrorKind::not_found) return Done{};
  return synced;
}

Result<Done> DiskFolder::visit(
    const std::function<void(const CustomerId& customer, const MediaId& id)>& found) {
  std::error_code error;
  const auto customers = ids_in(root_, error);
  if (error) return disk_failure("reading the media folder", error.value());
  for (const auto& customer : customers) {
    const auto place = place_of(CustomerId(customer));
    for (const auto& id : ids_in(place, error)) {
      remove_cut_off(place_of(CustomerId(customer), MediaId(id)));
      found(CustomerId(customer), MediaId(id));
    }
    // Removed meanwhile: nothing to tell.
    if (error && error != std::errc::no_such_file_or_directory) {
      return disk_failure("reading a customer's media folder", error.value());
    }
  }
  return Done{};
}

void DiskFolder::remove_cut_off(const std::string& place) {
  const std::lock_guard lock(places_);  // Nobody is writing one.
  std::error_code gone;
  std::vector<std::filesystem::path> cut_off;
  for (std::filesystem::directory_iterator it(place, gone), end; !gone && it != end;
       it.increment(gone)) {
    if (it->path().filename().string().starts_with(kFresh)) cut_off.push_back(it->path());
  }
  for (const auto& path : cut_off) ::unlink(path.c_str());
}

Result<std::uint64_t> DiskFolder::used_bytes(const CustomerId& customer) {
  std::uint64_t bytes = 0;
  std::error_code gone;  // No folder: nothing used.
  for (std::filesystem::directory_iterator it(place_of(customer), gone), end; !gone && it != end;
       it.increment(gone)) {
    bytes += occupied(it->path());
  }
  return bytes;
}

}  // namespace herald::media
