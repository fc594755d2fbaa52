#include "gateway/journal/segment_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice::journal {
namespace {

constexpr std::string_view kPrefix = "audit-";
constexpr std::string_view kSuffix = ".slj";
constexpr std::string_view kPrepared = "prepared-";

std::optional<std::uint64_t> parse_number(std::string_view text, std::size_t digits) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.size() != digits || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

std::optional<SegmentName> parse_name(std::string_view file, std::string_view instance) {
    if (!file.starts_with(kPrefix) || !file.ends_with(kSuffix)) {
        return std::nullopt;
    }
    std::string_view rest = file.substr(kPrefix.size());
    rest.remove_suffix(kSuffix.size());
    const std::size_t dash = rest.rfind('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view owner = rest.substr(0, dash + 1);
    const std::string_view digits = rest.substr(dash + 1);
    SegmentName name;
    name.prepared = owner.ends_with(kPrepared) && digits.size() == 10;
    if (name.prepared) {
        owner.remove_suffix(kPrepared.size());
    }
    const auto number = parse_number(digits, name.prepared ? 10 : 20);
    if (!number || owner.empty() ||
        (!instance.empty() && owner.substr(0, owner.size() - 1) != instance)) {
        return std::nullopt;
    }
    (name.prepared ? name.number : name.first_seq) = *number;
    return name;
}

}  // namespace

MappedSegment::MappedSegment(std::string file, int fd, std::byte* data, std::size_t size)
    : path(std::move(file)), fd_(fd), data_(data), size_(size) {}

MappedSegment::~MappedSegment() {
    ::munmap(data_, size_);
    ::close(fd_);
}

Result<std::shared_ptr<MappedSegment>, std::string> MappedSegment::open(const std::string& path,
                                                                        Access access) {
    using Opened = Result<std::shared_ptr<MappedSegment>, std::string>;
    const bool write = access == Access::Write;
    const int fd = ::open(path.c_str(), (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    if (fd < 0) {
        return Opened::failure(fmt::format("open {}: {}", path, std::strerror(errno)));
    }
    struct stat info {};
    if (::fstat(fd, &info) != 0 || info.st_size < static_cast<off_t>(kBlock) ||
        info.st_size >= (off_t{1} << 32)) {
        ::close(fd);
        return Opened::failure(fmt::format("{}: {} bytes is no segment", path, info.st_size));
    }
    const auto size = static_cast<std::size_t>(info.st_size);
    void* data = ::mmap(nullptr, size, write ? PROT_READ | PROT_WRITE : PROT_READ,
                        write ? MAP_SHARED | MAP_POPULATE : MAP_SHARED, fd, 0);
    if (data == MAP_FAILED) {
        const int error = errno;
        ::close(fd);
        return Opened::failure(fmt::format("mmap {}: {}", path, std::strerror(error)));
    }
    std::shared_ptr<MappedSegment> segment(
        new MappedSegment(path, fd, static_cast<std::byte*>(data), size));
    const SegmentHeader header = segment->header();
    segment->number = header.segment_no;
    segment->salt = header.salt;
    return segment;
}

SegmentHeader MappedSegment::header() const {
    SegmentHeader header;
    std::memcpy(&header, data_, sizeof header);
    return header;
}

std::string segment_path(const std::string& dir,
                         const std::string& instance,
                         std::uint64_t first_seq) {
    return fmt::format("{}/audit-{}-{:020}.slj", dir, instance, first_seq);
}

std::string prepared_path(const std::string& dir,
                          const std::string& instance,
                          std::uint64_t number) {
    return fmt::format("{}/audit-{}-prepared-{:010}.slj", dir, instance, number);
}

std::vector<SegmentName> list_segments(const std::string& dir, const std::string& instance) {
    std::vector<SegmentName> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it(dir, error), end; !error && it != end;
         it.increment(error)) {
        if (auto name = parse_name(it->path().filename().string(), instance)) {
            name->path = it->path().string();
            names.push_back(std::move(*name));
        }
    }
    std::sort(names.begin(), names.end(), [](const SegmentName& a, const SegmentName& b) {
        return std::tuple(a.prepared, a.first_seq, a.number) <
               std::tuple(b.prepared, b.first_seq, b.number);
    });
    return names;
}

bool all_zero(std::span<const std::byte> bytes) {
    return bytes.empty() || (bytes.front() == std::byte{0} &&
                             std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

}  // namespace sluice::journal
