#!/usr/bin/env bash
# Unpacks the proto packages that ours import (googleapis, protovalidate) into target/proto-imports. They come inside jars
# that the build has fetched already.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf target/proto-imports
mkdir -p target/proto-imports
for jar in "$HOME"/.m2/repository/build/buf/protovalidate/*/protovalidate-*.jar \
  "$HOME"/.m2/repository/com/google/api/grpc/proto-google-common-protos/*/proto-google-common-protos-*.jar; do
  unzip -qo "$jar" 'buf/validate/*.proto' 'google/api/*.proto' 'google/rpc/*.proto' 'google/type/*.proto' \
    -d target/proto-imports 2>/dev/null || [ $? = 11 ] # 11: this jar lacks one of the packages
done
[ -f target/proto-imports/buf/validate/validate.proto ] && [ -f target/proto-imports/google/type/money.proto ]
