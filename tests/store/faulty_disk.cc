#include "tests/store/faulty_disk.h"

#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace herald {
namespace {

FaultyDisk* disk = nullptr;
sqlite3_vfs* real_vfs = nullptr;

// SQLite allocates one of these for each file; the real one stands behind it in the same memory.
struct File {
  sqlite3_file base;
  const char* name;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* self(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file)->real(); }

int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (disk->fails(FaultyDisk::Fault::read)) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), to, size, at);
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (disk->fails(FaultyDisk::Fault::full)) return SQLITE_FULL;
  if (disk->fails(FaultyDisk::Fault::write)) return SQLITE_IOERR_WRITE;
  return real(file)->pMethods->xWrite(real(file), from, size, at);
}

int sync_file(sqlite3_file* file, int flags) {
  if (disk->fails(FaultyDisk::Fault::sync)) return SQLITE_IOERR_FSYNC;
  const int code = real(file)->pMethods->xSync(real(file), flags);
  if (code == SQLITE_OK && self(file)->name != nullptr) disk->synced(self(file)->name);
  return code;
}

// Everything else goes to the real file as it is.
template <auto Method, class... Args>
auto pass(sqlite3_file* file, Args... args) {
  return (real(file)->pMethods->*Method)(real(file), args...);
}
template <class... Args>
struct Passing {
  template <auto Method>
  static int call(sqlite3_file* file, Args... args) {
    return pass<Method>(file, args...);
  }
};

void barrier(sqlite3_file* file) { pass<&sqlite3_io_methods::xShmBarrier>(file); }

const sqlite3_io_methods kMethods = {
    .iVersion = 3,
    .xClose = Passing<>::call<&sqlite3_io_methods::xClose>,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = Passing<sqlite3_int64>::call<&sqlite3_io_methods::xTruncate>,
    .xSync = sync_file,
    .xFileSize = Passing<sqlite3_int64*>::call<&sqlite3_io_methods::xFileSize>,
    .xLock = Passing<int>::call<&sqlite3_io_methods::xLock>,
    .xUnlock = Passing<int>::call<&sqlite3_io_methods::xUnlock>,
    .xCheckReservedLock = Passing<int*>::call<&sqlite3_io_methods::xCheckReservedLock>,
    .xFileControl = Passing<int, void*>::call<&sqlite3_io_methods::xFileControl>,
    .xSectorSize = Passing<>::call<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = Passing<>::call<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = Passing<int, int, int, void volatile**>::call<&sqlite3_io_methods::xShmMap>,
    .xShmLock = Passing<int, int, int>::call<&sqlite3_io_methods::xShmLock>,
    .xShmBarrier = barrier,
    .xShmUnmap = Passing<int>::call<&sqlite3_io_methods::xShmUnmap>,
    .xFetch = Passing<sqlite3_int64, int, void**>::call<&sqlite3_io_methods::xFetch>,
    .xUnfetch = Passing<sqlite3_int64, void*>::call<&sqlite3_io_methods::xUnfetch>,
};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  self(file)->name = name;
  const int code = real_vfs->xOpen(real_vfs, name, real(file), flags, out);
  file->pMethods = real(file)->pMethods != nullptr ? &kMethods : nullptr;
  return code;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
  disk->deleted(name);
  return real_vfs->xDelete(real_vfs, name, sync_folder);
}

sqlite3_vfs faulty_vfs;

}  // namespace

FaultyDisk::FaultyDisk() {
  disk = this;
  real_vfs = sqlite3_vfs_find(nullptr);
  faulty_vfs = *real_vfs;
  faulty_vfs.zName = "faulty";
  faulty_vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
  faulty_vfs.xOpen = open_file;
  faulty_vfs.xDelete = delete_file;
  if (sqlite3_vfs_register(&faulty_vfs, 1) != SQLITE_OK) std::abort();
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&faulty_vfs);
  disk = nullptr;
}

void FaultyDisk::fail(Fault fault, int nth) {
  left_ = nth;
  failed_ = false;
  fault_ = fault;
}

void FaultyDisk::heal() { fault_ = Fault::none; }

bool FaultyDisk::fails(Fault fault) {
  if (fault_ != fault) return false;
  if (--left_ > 0) return false;
  failed_ = true;
  return true;
}

void FaultyDisk::synced(const std::string& file) {
  ++syncs_;
  const std::scoped_lock lock(mutex_);
  std::ifstream in(file, std::ios::binary);
  platter_[file] = std::string(std::istreambuf_iterator<char>(in), {});
}

void FaultyDisk::deleted(const std::string& file) {
  const std::scoped_lock lock(mutex_);
  platter_.erase(file);
}

void FaultyDisk::cut_power(const std::string& folder, const std::string& left) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [file, bytes] : platter_) {
    const std::filesystem::path path(file);
    if (path.parent_path() != folder) continue;
    std::ofstream out(left + "/" + path.filename().string(), std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
}

}  // namespace herald
