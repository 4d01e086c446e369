"""Tells the story of a broken policy through boto3: python3 story.py ENDPOINT KEY SECRET TOKEN"""
import gzip
import json
import sys
import urllib.error
import urllib.request

import boto3
import botocore.config
import botocore.exceptions

endpoint = sys.argv[1].rstrip("/")
account, bucket = "111122223333", "amzn-s3-demo-bucket"


def client(service, region="us-east-1"):
    return boto3.client(service, endpoint_url=endpoint, region_name=region,
                        aws_access_key_id=sys.argv[2], aws_secret_access_key=sys.argv[3])


def advance(minutes):
    body = json.dumps({"minutes": minutes}).encode()
    urllib.request.urlopen(urllib.request.Request(endpoint + "/_sandbox/advance", data=body, headers={"X-Sandbox-Token": sys.argv[4]})).read()


def code_of(call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return None


s3, trails, kms = client("s3"), client("cloudtrail"), client("kms")
source = "arn:aws:cloudtrail:us-east-1:%s:trail/management" % account
policy = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:GetBucketAcl",
     "Resource": "arn:aws:s3:::" + bucket, "Condition": {"StringEquals": {"aws:SourceArn": source}}},
    {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject",
     "Resource": "arn:aws:s3:::%s/AWSLogs/%s/*" % (bucket, account),
     "Condition": {"StringEquals": {"aws:SourceArn": source, "s3:x-amz-acl": "bucket-owner-full-control"}}}]})

s3.create_bucket(Bucket=bucket)
assert code_of(s3.get_bucket_policy, Bucket=bucket) == "NoSuchBucketPolicy"
assert code_of(trails.create_trail, Name="management", S3BucketName=bucket) == "InsufficientS3BucketPolicyException"
s3.put_bucket_policy(Bucket=bucket, Policy=policy)
assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == policy
trails.create_trail(Name="management", S3BucketName=bucket, IsMultiRegionTrail=True, EnableLogFileValidation=True)
trails.start_logging(Name="management")
advance(65)
status = trails.get_trail_status(Name="management")
assert status["IsLogging"] and "LatestDeliveryError" not in status and status["LatestDeliveryTime"]
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 7})
keys = [item["Key"] for page in pages for item in page["Contents"]]
record = json.loads(gzip.decompress(s3.get_object(Bucket=bucket, Key=[k for k in keys if "/CloudTrail/" in k][0])["Body"].read()))
assert record["Records"][0]["recipientAccountId"] == account

s3.delete_bucket_policy(Bucket=bucket)
advance(10)
assert trails.get_trail_status(Name="management")["LatestDeliveryError"] == "AccessDenied"
assert client("cloudtrail", "eu-west-1").get_trail_status(Name=source)["LatestDeliveryError"] == "AccessDenied"
s3.put_bucket_policy(Bucket=bucket, Policy=policy)
advance(5)
assert "LatestDeliveryError" not in trails.get_trail_status(Name="management")
assert client("s3", "eu-west-1").head_bucket(Bucket=bucket)["BucketRegion"] == "us-east-1"

s3.put_object(Bucket=bucket, Key="a b/\u00fc+.txt", Body=b"content")
assert s3.get_object(Bucket=bucket, Key="a b/\u00fc+.txt")["Body"].read() == b"content"
signer = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=sys.argv[2],
                      aws_secret_access_key=sys.argv[3], config=botocore.config.Config(signature_version="s3v4"))
address = signer.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a b/\u00fc+.txt"})
assert urllib.request.urlopen(address).read() == b"content"
try:
    urllib.request.urlopen(address.replace("a%20b", "a%20c"))
    raise AssertionError("A changed address was accepted.")
except urllib.error.HTTPError as error:
    assert error.code == 403
key = kms.create_key()["KeyMetadata"]["Arn"]
kms.put_key_policy(KeyId=key, PolicyName="default", Policy=kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
assert kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] == "Enabled"

role = client("sts").assume_role(RoleArn="arn:aws:iam::444455556666:role/audit", RoleSessionName="check")["Credentials"]
member = boto3.client("sts", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=role["AccessKeyId"],
                      aws_secret_access_key=role["SecretAccessKey"], aws_session_token=role["SessionToken"])
assert member.get_caller_identity()["Account"] == "444455556666"
topic = client("sns").create_topic(Name="alarms")["TopicArn"]
assert client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]["TopicArn"] == topic
flow = client("ec2").create_flow_logs(ResourceIds=["vpc-1234567890abcdef0"], ResourceType="VPC", TrafficType="ALL",
                                      LogDestinationType="s3", LogDestination="arn:aws:s3:::" + bucket)["FlowLogIds"]
advance(5)
assert client("ec2").describe_flow_logs(FlowLogIds=flow)["FlowLogs"][0]["DeliverLogsStatus"] == "SUCCESS"
client("logs").create_log_group(logGroupName="trail")
assert client("logs").describe_log_groups()["logGroups"][0]["logGroupName"] == "trail"
trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
client("iam").create_role(RoleName="writer", AssumeRolePolicyDocument=json.dumps(trust))
assert client("iam").get_role(RoleName="writer")["Role"]["AssumeRolePolicyDocument"] == trust
print("The story holds.")
