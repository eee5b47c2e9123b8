// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Members of Python's modules that do nothing beside computing, reading the clock, the environment or what is open
/// already.
enum PythonModules {
    /// Modules that are part of the interpreter itself; no file in the working directory stands in for them.
    static let builtIn = words("sys time builtins itertools math")

    /// What every module has.
    static let ofAnyModule = words("__version__ __file__ __name__ __doc__ VERSION")

    /// Members whose arguments have to be looked at, so that they cannot be imported by name.
    static let following = words("sys.path os.listdir os.scandir io.open codecs.open sys.modules")

    static let members: [UTF8String: Set<UTF8String>] = [
        "sys": words(
            """
            argv byteorder executable exit flags float_info getdefaultencoding getfilesystemencoding getrecursionlimit
            getsizeof hexversion implementation int_info intern maxsize maxunicode path platform prefix base_prefix
            exec_prefix setrecursionlimit stderr stdin stdout version version_info
            """),
        "json": words("load loads dump dumps JSONDecodeError"),
        "re": words(
            """
            compile escape findall finditer fullmatch match search split sub subn A ASCII I IGNORECASE M MULTILINE S DOTALL
            U UNICODE X VERBOSE error
            """),
        "math": words(
            """
            acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf erfc exp expm1 fabs
            factorial floor fmod frexp fsum gamma gcd hypot inf isclose isfinite isinf isnan isqrt lcm ldexp lgamma log
            log10 log1p log2 modf nan perm pi pow prod radians remainder sin sinh sqrt tan tanh tau trunc
            """),
        "cmath": words("sqrt exp log phase polar rect pi e"),
        "datetime": words("date datetime time timedelta timezone UTC MINYEAR MAXYEAR"),
        "time": words(
            """
            asctime ctime gmtime localtime mktime monotonic monotonic_ns perf_counter perf_counter_ns process_time sleep
            strftime strptime time time_ns timezone tzname
            """),
        "calendar": words("month calendar isleap monthrange timegm day_name month_name"),
        "platform": words(
            """
            machine node platform python_branch python_build python_compiler python_implementation python_revision
            python_version python_version_tuple release system version
            """),
        "string": words(
            """
            ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits printable punctuation
            whitespace
            """),
        "collections": words("Counter OrderedDict defaultdict deque namedtuple ChainMap"),
        "itertools": words(
            """
            accumulate batched chain combinations combinations_with_replacement compress count cycle dropwhile filterfalse
            groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest
            """),
        "functools": words("reduce partial lru_cache cmp_to_key cache"),
        "operator": words(
            """
            add sub mul truediv floordiv mod neg pos abs and_ or_ xor not_ eq ne lt le gt ge itemgetter contains concat
            """),
        "statistics": words(
            "mean fmean median median_low median_high mode multimode stdev pstdev variance pvariance quantiles"),
        "random": words(
            """
            random randint randrange choice choices sample shuffle uniform gauss normalvariate seed getrandbits betavariate
            expovariate triangular randbytes
            """),
        "secrets": words("token_hex token_bytes token_urlsafe choice randbelow randbits compare_digest"),
        "hashlib": words(
            """
            md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2b blake2s new pbkdf2_hmac
            algorithms_available algorithms_guaranteed shake_128 shake_256 scrypt
            """),
        "hmac": words("new compare_digest digest"),
        "base64": words(
            """
            a85decode a85encode b16decode b16encode b32decode b32encode b64decode b64encode b85decode b85encode
            decodebytes encodebytes standard_b64decode standard_b64encode urlsafe_b64decode urlsafe_b64encode
            """),
        "binascii": words("hexlify unhexlify crc32 a2b_base64 b2a_base64 a2b_hex b2a_hex"),
        "zlib": words("compress decompress crc32 adler32"),
        "struct": words("pack unpack calcsize iter_unpack unpack_from"),
        "textwrap": words("dedent fill indent shorten wrap"),
        "pprint": words("pprint pformat pp"),
        "ast": words("literal_eval parse dump"),
        "html": words("escape unescape"),
        "urllib": [],
        "urllib.parse": words(
            """
            parse_qs parse_qsl quote quote_plus unquote unquote_plus urlencode urljoin urlparse urlsplit urlunparse
            urlunsplit urldefrag
            """),
        "uuid": words("uuid4 uuid3 uuid5 UUID NAMESPACE_DNS NAMESPACE_URL"),
        "decimal": words("Decimal getcontext ROUND_HALF_UP ROUND_DOWN"),
        "fractions": words("Fraction"),
        "csv": words("reader writer DictReader DictWriter QUOTE_ALL QUOTE_MINIMAL excel"),
        "io": words("StringIO BytesIO"),
        "copy": words("copy deepcopy"),
        "heapq": words("heappush heappop heapify nlargest nsmallest merge heappushpop heapreplace"),
        "bisect": words("bisect bisect_left bisect_right insort insort_left insort_right"),
        "difflib": words("unified_diff ndiff get_close_matches context_diff"),
        "unicodedata": words("name normalize category lookup numeric decimal combining"),
        "shlex": words("split quote join"),
        "keyword": words("kwlist iskeyword"),
        "locale": words("getpreferredencoding getlocale"),
        "ipaddress": words("ip_address ip_network ip_interface IPv4Address IPv4Network IPv6Address IPv6Network"),
        "colorsys": words("rgb_to_hsv hsv_to_rgb rgb_to_hls hls_to_rgb"),
        "errno": words("ENOENT EACCES EEXIST EPERM errorcode"),
        "tomllib": words("load loads TOMLDecodeError"),
        "yaml": words("safe_load safe_load_all safe_dump dump YAMLError"),
        "os": words(
            "getcwd getpid getppid cpu_count environ getenv sep linesep pathsep name getuid getlogin uname listdir urandom"
        ),
        "os.path": words(
            """
            abspath basename commonpath commonprefix dirname exists expanduser expandvars getsize isabs isdir isfile islink
            join normpath realpath relpath split splitext sep
            """),
        "sysconfig": words("get_path get_paths get_platform get_python_version get_config_var"),
        "site": words("getsitepackages getusersitepackages"),
    ]
}
