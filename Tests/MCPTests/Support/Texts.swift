// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A message as it is written.
func text(_ json: JSON) -> String { String(decoding: json.serialized(), as: UTF8.self) }
