// The BIO under a TLS stream: recv and send on a non-blocking socket it does not own, without
// SIGPIPE.
#pragma once

struct bio_st;

namespace sluice::transport {

bio_st* make_socket_bio(int fd);  // nullptr: out of memory

}  // namespace sluice::transport
