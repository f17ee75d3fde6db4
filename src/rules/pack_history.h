// Which pack was in force when.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/instant.h"
#include "rules/pack.h"

namespace hezhi::rules {

struct PublishedPack {
    Instant effective_at;
    std::string hash;  // of the pack's canonical text, as the publisher computed it
    std::shared_ptr<const Pack> pack;
};

// The packs that were published, by the instant from which they hold. A copy is cheap and shares
// the packs, so a reader keeps the history that it started with while the writer publishes.
class PackHistory {
  public:
    // Of two packs with the same instant the one added later holds: it corrects the other.
    void add(PublishedPack published);

    // Null before the first pack. The row lives until this history changes; its pack lives as long
    // as anybody shares it.
    const PublishedPack* in_force(Instant at) const;

    const std::vector<PublishedPack>& all() const { return published_; }  // oldest first

  private:
    std::vector<PublishedPack> published_;
};

}  // namespace hezhi::rules
